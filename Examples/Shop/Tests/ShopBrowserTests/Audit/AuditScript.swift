/// Expressions of JavaScript, each a list of sentences about what is wrong.
enum AuditScript {
    /// Headings, names of controls, ids, language, and title.
    static let structure = """
        (() => {
          const problems = [];
          const say = (e, text) => problems.push(`${e.outerHTML.slice(0, 80)} ${text}`);
          const all = selector => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility());
          if (all('h1').length !== 1) problems.push(`The page has ${all('h1').length} h1.`);
          if (!document.title.trim()) problems.push('The page has no title.');
          if (!document.documentElement.lang) problems.push('The page has no language.');
          if (all('main').length !== 1) problems.push('The page has no main or several.');
          const name = e => (e.getAttribute('aria-label') ?? '') + e.innerText + (e.title ?? '') +
            (e.getAttribute('aria-labelledby') ?? '').split(' ').map(id => document.getElementById(id)?.innerText ?? '').join('') +
            [...e.querySelectorAll('img[alt], svg title')].map(i => i.alt ?? i.textContent).join('');
          for (const e of all('a[href], button, summary')) if (!name(e).trim()) say(e, 'has no name.');
          for (const e of all('input:not([type=hidden]), select, textarea')) {
            const labels = [...(e.labels ?? [])].map(l => l.innerText + (l.getAttribute('aria-label') ?? '')).join('');
            if (!(labels + name(e)).trim()) say(e, 'has no label.');
          }
          for (const e of all('img')) if (!e.hasAttribute('alt')) say(e, 'has no alt.');
          for (const e of all('svg')) {
            const isHidden = e.closest('[aria-hidden=true]') !== null;
            if (!isHidden && !(e.getAttribute('role') === 'img' && name(e).trim() + (e.querySelector('title')?.textContent ?? '')))
              say(e, 'is an image without a name.');
          }
          const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
          for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) problems.push(`The id ${id} is used twice.`);
          return problems;
        })()
        """

    /// Elements that make the page scroll sideways.
    static let overflow = """
        (() => {
          const root = document.documentElement;
          if (root.scrollWidth <= root.clientWidth) return [];
          const wide = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1);
          return [`The page is ${root.scrollWidth} px wide: ${wide.slice(-1).map(e => e.outerHTML.slice(0, 80))}`];
        })()
        """

    /// Watches which controls get the focus, and counts the controls.
    ///
    /// Of radio buttons of one name only one is a stop, and the arrow keys go on from it.
    static let watchFocus = """
        (() => {
          const shows = e => { const b = e.getBoundingClientRect(); return e.checkVisibility({visibilityProperty: true}) && b.width > 0; };
          const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
          window.auditControls = all.filter(e => !e.disabled && e.type !== 'hidden' && shows(e));
          window.auditReached = new Set();
          window.auditUnmarked = new Set();
          const look = e => {
            const s = getComputedStyle(e);
            return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderColor, s.textDecorationLine].join();
          };
          const looks = e => [e, ...(e.labels ?? []), e.nextElementSibling, e.parentElement].filter(e => e).map(look).join();
          const before = new Map(window.auditControls.map(e => [e, looks(e)]));
          document.addEventListener('focusin', event => {
            window.auditReached.add(event.target);
            if (before.has(event.target) && looks(event.target) === before.get(event.target)) window.auditUnmarked.add(event.target);
          });
          document.activeElement?.blur();
          return window.auditControls.length;
        })()
        """

    /// Controls that did not get the focus, or look the same with it.
    static let unreached = """
        (() => {
          const groups = new Set([...window.auditReached].filter(e => e.type === 'radio').map(e => e.name));
          const missed = window.auditControls.filter(e => e.isConnected && !window.auditReached.has(e) && !(e.type === 'radio' && groups.has(e.name)));
          return [...missed.map(e => `Tab does not reach ${e.outerHTML.slice(0, 80)}`),
                  ...[...window.auditUnmarked].map(e => `The focus does not show on ${e.outerHTML.slice(0, 80)}`)];
        })()
        """
}
