extension AuditScript {
    /// Text that stands out from its ground by less than 4.5 to 1 (WCAG 2.2, 1.4.3).
    ///
    /// Text of inactive controls is left out, as the criterion says. Colors are read through a canvas, which knows every
    /// spelling. A gradient counts with the worst of its colors.
    static let contrast = """
        (() => { \(colors)
          // A transition between two schemes shows colors of neither.
          for (const animation of document.getAnimations()) try { animation.finish(); } catch { animation.cancel(); }
          const problems = new Set();
          const check = (e, style, words) => {
            const [ground, ...others] = grounds(e);
            const worst = Math.min(...[ground, ...others].map(g => {
              const ink = over(fade(rgba(e.closest('svg') ? style.fill : style.color), opacity(e)), g);
              const [a, b] = [luminance(ink), luminance(g)].sort((a, b) => b - a);
              return (a + .05) / (b + .05);
            }));
            if (worst < 4.495) problems.add(`“${words.trim().slice(0, 40)}” has ${worst.toFixed(2)}: ${e.outerHTML.slice(0, 60)}`);
          };
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node; node = walker.nextNode();) {
            const e = node.parentElement;
            if (node.data.trim() && isSeen(e) && !e.closest('svg[aria-hidden=true], [aria-hidden=true] svg'))
              check(e, getComputedStyle(e), node.data);
          }
          for (const e of document.querySelectorAll('input:not([type=hidden], [type=checkbox], [type=radio]), textarea, select')) {
            if (!isSeen(e)) continue;
            check(e, getComputedStyle(e), e.value || e.name);
            if (e.placeholder) check(e, getComputedStyle(e, '::placeholder'), e.placeholder);
          }
          return [...problems];
        })()
        """

    /// Whether the page's ground is dark.
    static let isDark = "(() => { \(colors) return luminance(grounds(document.body)[0]) < .2 })()"

    private static let colors = """
        const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
        const rgba = color => {
          canvas.clearRect(0, 0, 1, 1);
          canvas.fillStyle = '#000';
          canvas.fillStyle = color;
          canvas.fillRect(0, 0, 1, 1);
          const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
          return [r, g, b, a / 255];
        };
        const fade = ([r, g, b, a], share) => [r, g, b, a * share];
        const over = ([r, g, b, a], ground) => [r, g, b].map((c, i) => c * a + ground[i] * (1 - a)).concat(1);
        const luminance = ([r, g, b]) => {
          const [x, y, z] = [r, g, b].map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
          return .2126 * x + .7152 * y + .0722 * z;
        };
        const opacity = e => e ? getComputedStyle(e).opacity * opacity(e.parentElement) : 1;
        const isSeen = e => {
          const box = e.getBoundingClientRect();
          return e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && box.width > 1 && box.height > 1 &&
            !e.closest(':disabled') && !e.closest('label')?.control?.disabled && !['SCRIPT', 'STYLE', 'NOSCRIPT', 'OPTION', 'TITLE'].includes(e.tagName);
        };
        // Everything that may be behind an element, from the page's ground up.
        const grounds = e => {
          if (!e) return [[255, 255, 255, 1]];
          const style = getComputedStyle(e);
          const layers = [style.backgroundColor, ...(style.backgroundImage.match(/(rgba?|oklch|oklab|color|hsla?)\\([^()]*\\)/g) ?? [])];
          const below = grounds(e.parentElement);
          const plain = below.map(g => over(rgba(layers[0]), g));
          const images = layers.slice(1).flatMap(layer => plain.map(g => over(rgba(layer), g)));
          const all = [...plain, ...images].map(g => g.map(c => Math.round(c)));
          return [...new Map(all.map(g => [g.join(), g])).values()];
        };
        """
}
