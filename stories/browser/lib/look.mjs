// Questions a story asks a page: does it fit, is the focus to be seen, is anything covered.

/** How many pixels the page is wider than the window. */
export const overflow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What stands outside the window, to say in a message what made a page too wide. */
export const tooWide = (page) => page.evaluate(() =>
  [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !one.closest(".sr-only"))
    .slice(0, 5).map((one) => `${one.tagName.toLowerCase()}.${one.className} ${one.textContent.trim().slice(0, 40)}`));

/** Texts that are cut off: their box hides what does not fit. */
export const cutOff = (page) => page.evaluate(() =>
  [...document.querySelectorAll("body *")]
    .filter((one) => {
      const style = getComputedStyle(one);
      const hides = [style.overflowX, style.overflowY].includes("hidden");
      return hides && one.clientWidth > 1 && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
    })
    .map((one) => `${one.tagName.toLowerCase()}.${one.className}`));

/** The element that has the focus: its words, and whether a person can see that and where it is. */
export const focus = (page) => page.evaluate(() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const box = one.getBoundingClientRect();
  const seen = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  // A link that is stretched over a tile or a row, and a drawn tick box, show the focus on what they stand in.
  const after = getComputedStyle(one, "::after");
  const label = one.labels?.[0];
  const ringed = seen(one) || (after.outlineStyle !== "none" && parseFloat(after.outlineWidth) >= 2)
    || (label && (seen(label) || getComputedStyle(label, "::before").outlineStyle !== "none"))
    || Boolean(one.closest("li, .bp-row, .bp-tile, .bp-door, .bp-choice") && [...function* () {
      for (let up = one.parentElement; up && up.tagName !== "MAIN"; up = up.parentElement) yield up;
    }()].some((up) => up.matches(":has(:focus-visible)") && seen(up)));
  const words = (one.labels?.[0]?.innerText || one.getAttribute("aria-label") || one.innerText || one.id || "").trim().split("\n")[0];
  const middle = document.elementFromPoint(
    Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1), Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1));
  const inWindow = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const covered = Boolean(middle && !one.contains(middle) && !middle.contains(one) && !label?.contains(middle)
    && middle.closest(".bp-tabbar, .bp-acting, .header") && !one.closest(".bp-tabbar, .bp-acting, .header"));
  return { tag: one.tagName.toLowerCase(), id: one.id, words, ringed, inWindow, covered };
});

/** Targets smaller than 44 × 44 px that do not stand in a line of text. */
export const smallTargets = (page) => page.evaluate(() =>
  [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
    .filter((one) => one.checkVisibility() && !one.closest("p, .skipnav") && !one.classList.contains("skipnav"))
    .filter((one) => {
      const boxes = [one, ...(one.labels ?? [])].map((part) => part.getBoundingClientRect());
      const after = getComputedStyle(one, "::after");
      if (after.position === "absolute" && after.content !== "none") return false;
      const height = Math.max(...boxes.map((box) => box.height));
      const width = Math.max(...boxes.map((box) => box.width));
      return height < 43.5 || width < 43.5;
    })
    .map((one) => `${one.tagName.toLowerCase()} “${one.innerText.trim().slice(0, 30)}” ${Math.round(one.getBoundingClientRect().width)}×${Math.round(one.getBoundingClientRect().height)}`));
