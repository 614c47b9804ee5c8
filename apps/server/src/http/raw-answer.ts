/** A document as it is, instead of JSON; sandboxed by its headers. */
export class RawAnswer {
  readonly contentType: string;
  readonly body: string | Uint8Array;
  readonly filename: string;
  readonly inline: boolean;

  constructor(contentType: string, body: string | Uint8Array, filename: string, inline: boolean) {
    this.contentType = contentType;
    this.body = body;
    this.filename = filename;
    this.inline = inline;
  }
}
