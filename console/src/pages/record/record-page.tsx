export interface RecordSearch { readonly month?: string | undefined; readonly after?: string | undefined }
export function RecordPage() { return null; }
