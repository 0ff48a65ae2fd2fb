// The longest words of each table grow; which short ones beside them are broken for it?
() => [...document.querySelectorAll("main table")].flatMap((table) => {
  const cells = [...table.querySelectorAll(":scope > tbody > tr > td")];
  const longest = cells.sort((a, b) => b.textContent.length - a.textContent.length)[0];
  const words = longest && document.createTreeWalker(longest, NodeFilter.SHOW_TEXT);
  let most = null;
  while (words?.nextNode()) {
    const one = words.currentNode;
    if (!most || one.data.trim().length > most.data.trim().length) most = one;
  }
  if (most) most.data = most.data + "在许可地址以外另设教学点一处，到课学生".repeat(6);
  return [...table.querySelectorAll("td, th")].filter((cell) => cell !== longest).flatMap((cell) => {
    const found = [];
    const all = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (all.nextNode()) {
      const said = all.currentNode.data.trim();
      const around = document.createRange();
      around.selectNodeContents(all.currentNode);
      const drawn = [...around.getClientRects()].filter(({ width }) => width > 1);
      const lines = new Set(drawn.map(({ top }) => Math.round(top)));
      if (said.length > 1 && said.length / lines.size < 2) {
        found.push(`${said} on ${lines.size} lines, ${innerWidth} wide`);
      }
    }
    return found;
  });
})
