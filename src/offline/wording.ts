import type { FileList } from './file-list.ts';
import { totalBytes } from './file-list.ts';
import type { Progress, Refusal } from './keep.ts';
import type { Kept } from './kept-copies.ts';

/** What the control knows. */
export type OfflineState =
  | { name: 'unsupported'; why: 'insecure' | 'browser' }
  | { name: 'forbidden' }
  | { name: 'unreachable' }
  /** `left` files of tries that did not come to an end take room. */
  | { name: 'nothing'; list: FileList; left: number }
  | { name: 'keeping'; list: FileList; done: Progress }
  | { name: 'kept'; kept: Kept; lasting: boolean; published: Published };

/** What is published, beside what is kept. */
export type Published =
  | { name: 'same' }
  | { name: 'unknown' }
  | { name: 'newer'; list: FileList; changed: Progress };

/** What a reader can do. */
export type Action = 'keep' | 'update' | 'stop' | 'delete';

/** `14.6 MB` */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** A build as readers tell two of them apart: the first digits of its digest. */
export function buildName(build: string): string {
  return build.slice(0, 8);
}

/** `25 November 2026 at 14:02`, in the reader's time zone unless another is named. */
export function moment(at: string, timeZone?: string): string {
  return new Date(at).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone });
}

const count = (files: number) => files.toLocaleString('en-US');

/** The state in sentences. */
export function stateText(state: OfflineState, timeZone?: string): string {
  switch (state.name) {
    case 'unsupported':
      return state.why === 'insecure'
        ? 'Not possible here: browsers keep sites only from https:// or from localhost, and this page came over plain http.'
        : 'Not possible here: this browser has no service workers, or has them switched off, as some do in private windows.';
    case 'forbidden':
      return 'Not possible here: this browser lets the site store nothing, as in a private window or with site data blocked.';
    case 'unreachable':
      return 'Nothing is kept, and the list of what would be kept cannot be read: there is no network, or the host does not answer.';
    case 'nothing':
      return `${state.left === 0 ? 'Nothing is kept.' : `The site is not kept yet; an earlier try left ${count(state.left)} files here, which take room until you go on or delete them.`} The whole site is ${size(state.list)} on this device; the network carries less where the host compresses.`;
    case 'keeping':
      return `${count(state.done.files)} of ${count(state.list.files.length)} files, ${megabytes(state.done.bytes)} of ${megabytes(totalBytes(state.list.files))}. Leave this page open until it is done.`;
    case 'kept': {
      const { kept, lasting } = state;
      const what = `The whole site is kept on this device: ${count(kept.files)} files, ${megabytes(kept.bytes)}, build ${buildName(kept.build)}, since ${moment(kept.at, timeZone)}.`;
      const how = lasting
        ? 'The browser has agreed not to delete it by itself.'
        : 'The browser may delete it when space is short, and some do when you have not come back for a week.';
      return `${what} ${how} ${publishedText(state.published)}`;
    }
  }
}

function size(list: FileList): string {
  return `${count(list.files.length)} files and ${megabytes(totalBytes(list.files))}`;
}

function publishedText(published: Published): string {
  switch (published.name) {
    case 'same':
      return 'It is what is published now.';
    case 'unknown':
      return 'Whether something newer is published cannot be told without a network.';
    case 'newer':
      return `A newer build is published, ${buildName(published.list.build)}: updating fetches ${count(published.changed.files)} of its ${count(published.list.files.length)} files, ${megabytes(published.changed.bytes)}.`;
  }
}

/** What the footer says of a kept site; undefined where nothing is kept. */
export function markText(state: OfflineState, timeZone?: string): string | undefined {
  if (state.name !== 'kept') return undefined;
  if (state.published.name === 'newer') return 'Kept for reading offline; a newer build is published';
  const day = new Date(state.kept.at).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone });
  return `Kept for reading offline on ${day}`;
}

/** What can be done in a state; the first is what a reader most likely wants. */
export function actions(state: OfflineState): Action[] {
  switch (state.name) {
    case 'nothing':
      return state.left === 0 ? ['keep'] : ['keep', 'delete'];
    case 'keeping':
      return ['stop'];
    case 'kept':
      return state.published.name === 'newer' ? ['update', 'delete'] : ['delete'];
    default:
      return [];
  }
}

/** Why it ended early, and what to do about it. */
export function refusalText(refusal: Refusal, path?: string): string {
  const at = path === undefined ? '' : ` at ${path}`;
  switch (refusal) {
    case 'full':
      return 'Not kept: the browser has no room left for this site. What was fetched is deleted again. Free some space, then try again.';
    case 'forbidden':
      return 'Not kept: this browser lets the site store nothing, as in a private window or with site data blocked.';
    case 'network':
      return `Not kept yet: the network ended${at}. What was fetched stays, and is not fetched again when you go on.`;
    case 'missing':
      return `Not kept: the host did not send a file of this build${at}. If the site is being published right now, try again in a minute.`;
    case 'altered':
      return `Not kept: the host sends other bytes than were built${at}. If the site is being published right now, try again in a minute; otherwise the host changes files on their way.`;
    case 'stopped':
      return 'Stopped. What was fetched stays, and is not fetched again when you go on.';
    case 'busy':
      return 'The site is being kept in another tab.';
  }
}
