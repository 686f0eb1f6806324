// The form of a user that is not signed in.
import { useSignal } from '@preact/signals';
import { html } from './ui.js';
import { beginSignIn } from './provider.js';
import { developmentToken, notice, setStaysSignedIn, signIn, staysSignedIn } from './session.js';
import { settings } from './settings.js';

/** Users of a hub in development mode, as its examples name them. */
const PEOPLE = [
  { userId: 'root', role: 'admin', text: 'Administrator', hint: 'sees and moves every order' },
  { userId: 'acme-widgets', role: 'merchant', store: 'acme-widgets', text: 'Store acme-widgets', hint: 'accepts and prepares its orders' },
  { userId: 'kari', role: 'driver', text: 'Driver kari', hint: 'delivers what is assigned to her' },
  { userId: 'jane', role: 'customer', text: 'Customer jane', hint: 'follows her orders' },
];

/** Signs in the user whose role is after the `#` of the address, on a hub in development mode: the demo prints such an address. */
export async function signInFromAddress() {
  const person = PEOPLE.find(({ role }) => location.hash === `#${role}`);
  if (!settings.development || !person) {
    return;
  }
  history.replaceState(null, '', location.pathname + location.search);
  const { text, hint, ...user } = person;
  try {
    signIn(await developmentToken(user));
  } catch (failure) {
    notice.value = failure.message;
  }
}

/** @param role of the users that the page is for, if it is not for all */
export function SignIn({ role }) {
  const error = useSignal('');
  const attempt = async (work) => {
    error.value = '';
    try {
      await work();
    } catch (failure) {
      error.value = failure.message;
    }
  };
  const submit = (event) => {
    event.preventDefault();
    attempt(() => signIn(event.target.elements.token.value));
  };
  return html`<main class="sign-in">
    <h1>Waybill</h1>
    ${notice.value && html`<p class="notice">${notice.value}</p>`}
    ${error.value && html`<p class="notice bad" role="alert">${error.value}</p>`}
    ${role && html`<${StaySignedIn} />`}
    ${settings.development && html`<${People} attempt=${attempt} role=${role} />`}
    ${settings.issuer && html`<button class="button primary" onClick=${() => attempt(beginSignIn)}>Sign in at ${new URL(settings.issuer).host}</button>`}
    <form onSubmit=${submit}>
      <label class="field">Token
        <span class="hint">A JWT with a user and a role, from your issuer${settings.development ? ' or from ./waybill token' : ''}.</span>
        <textarea name="token" required spellcheck="false" autocomplete="off"></textarea>
      </label>
      <button class=${settings.issuer ? 'button' : 'button primary'}>Sign in with the token</button>
    </form>
    <p class="quiet">For developers: <a href="/api/docs">the REST API</a>, to read and to try.</p>
  </main>`;
}

/** For the pages of a device that one user has. */
function StaySignedIn() {
  return html`<label class="stay">
    <input type="checkbox" checked=${staysSignedIn.value} onChange=${({ target }) => setStaysSignedIn(target.checked)} />
    <span>Keep me signed in on this device<span class="hint">Only on a device that no other person uses.</span></span>
  </label>`;
}

function People({ attempt, role }) {
  return html`<section>
    <h2>This hub is in development mode: be ${role ? 'this user' : 'any user'}</h2>
    <ul class="people">
      ${PEOPLE.filter((user) => !role || user.role === role).map(({ text, hint, ...user }) => html`<li key=${text}>
        <button class="button" onClick=${() => attempt(async () => signIn(await developmentToken(user)))}>
          <span>${text}</span><span class="quiet">${hint}</span>
        </button>
      </li>`)}
    </ul>
  </section>`;
}
