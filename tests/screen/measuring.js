/* What the tests measure on the page. */
const visible = (one) => one.checkVisibility();
const named = (one) => one.id || one.textContent;

/* The height of each text's capitals, of the number's digits. */
function heights() {
  const pen = document.createElement("canvas").getContext("2d");
  const texts = [...document.querySelectorAll("#face *")].filter(visible)
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()));
  return Object.fromEntries(texts.map((one) => {
    const style = getComputedStyle(one);
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    return [named(one), pen.measureText(one.id === "number" ? "0" : "H").actualBoundingBoxAscent];
  }));
}

/* What is outside of the window, has no room, or lies over something else. */
function cutOff() {
  const found = [], face = document.getElementById("face");
  if (face.scrollWidth > face.clientWidth + 1) found.push(`wider by ${face.scrollWidth - face.clientWidth}`);
  if (face.scrollHeight > face.clientHeight + 1) found.push(`higher by ${face.scrollHeight - face.clientHeight}`);
  const texts = "#title, #note, #heard, #number, #unit, #words, #side, #breath, #caption, button, #figure";
  const boxes = [...document.querySelectorAll(texts)].filter(visible)
    .filter((one) => one.textContent.trim() || one.id === "figure").map((one) => {
      const range = document.createRange();
      range.selectNodeContents(one);
      const whole = ["figure", "number"].includes(one.id);
      return [named(one), (whole ? one : range).getBoundingClientRect()];
    });
  for (const [name, box] of boxes) {
    const inside = box.left >= -1 && box.top >= -1 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1;
    if (!inside) found.push(`${name} is outside`);
    if (box.width < 4 || box.height < 4) found.push(`${name} has no room`);
  }
  boxes.forEach(([name, a], i) => boxes.slice(i + 1).forEach(([other, b]) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (Math.min(across, down) > 0.25 * Math.min(a.height, b.height)) found.push(`${name} lies over ${other}`);
  }));
  return found;
}

/* The contrast of everything drawn that is no text. */
function inks() {
  const linear = (n) => (n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4);
  const light = (color) => {
    const [r, g, b] = color.match(/[\d.]+/g).map((n) => linear(n / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = light(getComputedStyle(document.getElementById("face")).backgroundColor);
  return Object.fromEntries([...document.querySelectorAll("#figure path, #figure circle, #done")].map((one) => {
    const style = getComputedStyle(one);
    const ink = light(one.id ? style.backgroundColor : style.stroke !== "none" ? style.stroke : style.fill);
    return [one.getAttribute("class") || "bar", (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05)];
  }));
}
