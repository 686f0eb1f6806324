// The keys of the dashboard.
import { useEffect } from 'preact/hooks';
import { openCandidates } from './verbs.js';

export function useKeys(context) {
  useEffect(() => {
    const onKey = (event) => handle(event, context);
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

function handle(event, context) {
  const { address, show, picked, map, isHelpOpen } = context;
  if (event.target.matches('input, textarea, select')) {
    if (event.key === 'Escape') {
      event.target.blur();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  switch (event.key) {
    case '/':
      event.preventDefault();
      document.querySelector('.search input').focus();
      break;
    case 'Escape':
      back(context);
      break;
    case 'j':
    case 'k':
      step(event.key === 'j' ? 1 : -1, address, show);
      break;
    case 'a':
      assign(address, show, picked);
      break;
    case 'z':
      map.current?.fit();
      break;
    case ' ':
      if (map.current && !event.target.matches('button:not([aria-pressed=true]), summary')) {
        event.preventDefault();
        map.current.follow();
      }
      break;
    case '?':
      isHelpOpen.value = !isHelpOpen.value;
      break;
    default:
  }
}

function back({ show, picked, isHelpOpen }) {
  if (isHelpOpen.value) {
    isHelpOpen.value = false;
  } else if (picked.value.size > 0) {
    picked.value = new Set();
  } else {
    show({});
  }
}

/** Selects the next order of those that the list shows. */
function step(by, address, show) {
  const shown = [...document.querySelectorAll('[data-order]')];
  const at = shown.findIndex((row) => row.dataset.order === address.value.order);
  const next = shown[at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + by))];
  if (next) {
    show({ order: next.dataset.order });
    next.scrollIntoView({ block: 'nearest' });
  }
}

/** Opens the candidates of the selected order, or of the first chosen one. */
function assign(address, show, picked) {
  const [first] = picked.value;
  if (!address.value.order && first) {
    show({ order: first });
  }
  openCandidates();
}
