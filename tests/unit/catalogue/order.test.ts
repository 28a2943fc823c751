import { expect, test } from 'vitest';
import { type CatalogueItem, compareBy, type Order } from '../../../src/components/catalogue/order.ts';

const items: CatalogueItem[] = [
  { name: 'SFT', priority: 1, memory: 1, difficulty: 1, status: 'remaining' },
  { name: 'DPO', priority: 2, memory: 2, difficulty: 2, status: 'documented' },
  { name: 'GRPO', priority: 3, memory: 3, difficulty: 3, status: 'remaining' },
  { name: 'KTO', priority: 4, memory: 2, difficulty: 2, status: 'remaining' },
];
const ordered = (order: Order) => [...items].sort(compareBy(order)).map(({ name }) => name);

test('orders trainers, and leaves equal ones in the order of documentation', () => {
  expect(ordered('name')).toEqual(['DPO', 'GRPO', 'KTO', 'SFT']);
  expect(ordered('memory')).toEqual(['SFT', 'DPO', 'KTO', 'GRPO']);
  expect(ordered('status')).toEqual(['DPO', 'SFT', 'GRPO', 'KTO']);
});
