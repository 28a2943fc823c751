declare namespace App {
  interface Locals {
    /** The entry whose page is being rendered: components inside MDX read it. */
    page?: import('./content.ts').Page;
  }
}
