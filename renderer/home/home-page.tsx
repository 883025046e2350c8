import type { JSX } from 'preact';
import { tellGuide } from '../guide/guide.ts';
import { evaluations, models, recordings, runs } from '../host/library.ts';
import { useListing } from '../host/listing.ts';
import { routeTo } from '../shell/route.ts';
import { OpenPicture, TeachPicture, WatchPicture } from './door-pictures.tsx';
import styles from './home-page.module.css';

/** Where a person begins: three doors. */
export function HomePage() {
  return (
    <div class={styles.page}>
      <header class={styles.head}>
        <h1>Teach a car to drive</h1>
        <p>
          Drive it, record what you do, train a network on it, watch the network drive, and take the wheel back when it
          goes wrong. All in this window.
        </p>
      </header>
      <div class={styles.doors}>
        <Door
          href={routeTo('drive', null, { driver: 'model:default', go: '1' })}
          picture={<WatchPicture />}
          title="Watch the shipped model drive"
          words="A network that looks through the windscreen and turns the wheel. Take over at any time by steering."
        />
        <Door
          href={routeTo('drive', null, { driver: 'expert' })}
          onClick={() => tellGuide({ type: 'begin' })}
          picture={<TeachPicture />}
          title="Teach your own in five minutes"
          words="Step by step: record two laps, train on them, let it drive, correct it, train again."
        />
        <Door
          href={routeTo('recordings')}
          picture={<OpenPicture />}
          title="Open a recording"
          words="Yours or anybody’s: drop a folder or a file into this window and look at it frame by frame."
        />
      </div>
      <Counts />
    </div>
  );
}

interface DoorProps {
  readonly href: string;
  readonly picture: JSX.Element;
  readonly title: string;
  readonly words: string;
  readonly onClick?: () => void;
}

function Door({ href, picture, title, words, onClick }: DoorProps) {
  return (
    <a class={styles.door} href={href} onClick={onClick}>
      {picture}
      <div class={styles.words}>
        <h2>{title}</h2>
        <p>{words}</p>
      </div>
    </a>
  );
}

/** What there is already, and the way to it. */
function Counts() {
  const counts = [
    { page: 'recordings', list: useListing(recordings).items.value?.length, one: 'recording', more: 'recordings' },
    { page: 'train', list: useListing(runs).items.value?.length, one: 'training run', more: 'training runs' },
    { page: 'drive', list: useListing(models).items.value?.length, one: 'model', more: 'models' },
    {
      page: 'evaluate',
      list: useListing(evaluations).items.value?.evaluations.length,
      one: 'evaluation',
      more: 'evaluations',
    },
  ] as const;
  return (
    <p class={styles.counts}>
      {counts.map(({ page, list, one, more }) =>
        list === undefined ? null : (
          <a key={page} href={routeTo(page)}>
            <b>{list}</b> {list === 1 ? one : more}
          </a>
        ),
      )}
    </p>
  );
}
