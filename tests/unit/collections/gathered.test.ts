import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gathered } from '../../../src/collections/gathered.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Work that counts how often it began, and takes a second each time. */
function slowWork() {
  const done = { begun: 0, ended: 0 };
  const work = async () => {
    done.begun += 1;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    done.ended += 1;
  };
  return { done, work };
}

test('many requests in a row are one piece of work, after a pause', async () => {
  const { done, work } = slowWork();
  const repeated = gathered(work, 40);
  repeated.ask();
  await vi.advanceTimersByTimeAsync(30);
  repeated.ask();
  await vi.advanceTimersByTimeAsync(30);
  expect(done.begun).toBe(0);
  await vi.advanceTimersByTimeAsync(10);
  expect(done.begun).toBe(1);
  await vi.advanceTimersByTimeAsync(5000);
  expect(done).toEqual({ begun: 1, ended: 1 });
});

test('a request while it works waits for the end, and is done once then', async () => {
  const { done, work } = slowWork();
  const repeated = gathered(work, 40);
  repeated.ask();
  await vi.advanceTimersByTimeAsync(100);
  repeated.ask();
  repeated.ask();
  await vi.advanceTimersByTimeAsync(500);
  expect(done).toEqual({ begun: 1, ended: 0 });
  await vi.advanceTimersByTimeAsync(5000);
  expect(done).toEqual({ begun: 2, ended: 2 });
  repeated.ask();
  await vi.advanceTimersByTimeAsync(5000);
  expect(done).toEqual({ begun: 3, ended: 3 });
});

test('once stopped, it neither begins what was asked for nor listens', async () => {
  const { done, work } = slowWork();
  const repeated = gathered(work, 40);
  repeated.ask();
  repeated.stop();
  repeated.ask();
  await vi.advanceTimersByTimeAsync(5000);
  expect(done.begun).toBe(0);
});
