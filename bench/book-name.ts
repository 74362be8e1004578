// The name under which books are kept. Another number where the simulated bank comes to make another book: what was kept
// before is then not taken for it.

export const BOOK_NAME = 'book-2';
