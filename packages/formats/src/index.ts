export { detectFormat, type DocumentFormat, importDocument, type ImportedDocument } from "./import-document.ts";
