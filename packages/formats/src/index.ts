export { detectFormat, type DocumentFormat, importDocument, type ImportedDocument } from "./import-document.ts";
export { type Bundle, bundleOf, type BundleProblem, isBundle, readBundle, type ReadBundle } from "./bundle.ts";
export { type ReferenceChoices, type ReferenceKind, type UnresolvedReference, unresolvedIn, withReferences } from "./references.ts";
