// What can be pressed on the page and is smaller than `least` each way, measured by hitting it:
// from its middle outwards, as far as a finger would still press it and nothing else.
(least) => {
  const PRESSED = "a[href], button, summary, input:not([type=hidden]), select, textarea";
  const APART = /[\s·、，。：:/|／]/g;
  const seen = { contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true };

  function isShown(one) {
    const { width, height } = one.getBoundingClientRect();
    return width > 1 && height > 1 && one.checkVisibility(seen);
  }

  // A link within a sentence is as high as its line (WCAG 2.5.8).
  function isInSentence(one) {
    if (one.tagName !== "A" || getComputedStyle(one).display !== "inline") return false;
    const around = one.closest("p, li, dd, td, th, div");
    const words = document.createTreeWalker(around, NodeFilter.SHOW_TEXT);
    let beside = "";
    while (words.nextNode()) {
      const within = words.currentNode.parentElement;
      if (!within.closest("a, button, label, summary, select, svg, .visually-hidden")) beside += words.currentNode.data;
    }
    return beside.replace(APART, "").length > 3;
  }

  // A box is pressed by its label, too; a field that cannot be seen, by its label alone.
  function pressed(one) {
    const label = one.labels?.[0];
    const small = one.matches("[type=radio], [type=checkbox], [type=file]") || !isShown(one);
    return label && small ? label : one;
  }

  function hits(one, x, y) {
    const hit = document.elementFromPoint(x, y);
    return Boolean(hit) && (one.contains(hit) || hit.closest("label")?.control === one);
  }

  function reach(one, x, y, right, down) {
    let far = 0;
    while (far < least && hits(one, x + right * (far + 1), y + down * (far + 1))) far += 1;
    return far;
  }

  function measured(one) {
    one.scrollIntoView({ block: "nearest", inline: "nearest" });
    const [box] = pressed(one).getClientRects();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    if (!hits(one, x, y)) return [0, 0];
    return [
      reach(one, x, y, -1, 0) + reach(one, x, y, 1, 0) + 1,
      reach(one, x, y, 0, -1) + reach(one, x, y, 0, 1) + 1,
    ];
  }

  const small = (part) => [...part.querySelectorAll(PRESSED)]
    .filter((one) => isShown(pressed(one)) && !one.matches(".skip") && !isInSentence(one))
    .map((one) => [measured(one), one.outerHTML.replace(/\s+/g, " ").slice(0, 140)])
    .filter(([[width, height]]) => width < least || height < least)
    .map(([[width, height], html]) => `${width}x${height} ${html}`);

  // First the page as it opens, then what each of its sheets holds.
  const found = small(document);
  for (const sheet of document.querySelectorAll("details:not([open])")) {
    sheet.open = true;
    found.push(...small(sheet));
    sheet.open = false;
  }
  return [...new Set(found)];
}
