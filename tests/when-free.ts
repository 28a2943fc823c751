export { whenFree } from '../src/build/when-free.ts';
