// The page of an incident: the time machine alone, of a hub that has nothing else.
import { render } from 'preact';
import TimeMachine from './page-replay.js';
import { notice, session, signIn, signOut } from './session.js';
import { SignIn } from './sign-in.js';
import { Icon, html } from './ui.js';

/** The command that serves the page prints an address with a token after the `#`. */
function signInFromAddress() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (!token) {
    return;
  }
  history.replaceState(null, '', location.pathname);
  try {
    signIn(token);
  } catch (failure) {
    notice.value = failure.message;
  }
}

function App() {
  return session.value
    ? html`<div class="replay-page">
        <header class="bar"><strong class="brand">Waybill</strong><h1 class="quiet">Incident</h1><span></span>
          <button class="button bare" onClick=${() => signOut()}><${Icon} name="log-out" /><span class="visually-hidden">Sign out</span></button>
        </header>
        <main><${TimeMachine} /></main>
      </div>`
    : html`<${SignIn} />`;
}

signInFromAddress();
render(html`<${App} />`, document.getElementById('app'));
