// What the browser checks ask inside a page. Each function runs there alone: it knows nothing of this file.

/** What is wrong with how texts stand in a drawing: cut off at its edge, or on each other. */
export function misplacedTexts(drawing) {
  const edge = drawing.getBoundingClientRect();
  const texts = [...drawing.querySelectorAll("text")].filter((text) => text.textContent.trim());
  const boxes = texts.map((text) => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    // A line's box has room above and below its letters.
    const room = (bottom - top) * 0.22;
    return { says: text.textContent, left, right, top: top + room, bottom: bottom - room };
  });
  const cut = boxes.filter((box) => {
    const isBeside = box.left < edge.left - 1 || box.right > edge.right + 1;
    return isBeside || box.top < edge.top - 1 || box.bottom > edge.bottom + 1;
  });
  // Words on one line need a space between them.
  const touch = (a, b) => a.left < b.right + 2 && b.left < a.right + 2 && a.top < b.bottom && b.top < a.bottom;
  const touching = boxes.flatMap((box, index) => {
    const others = boxes.slice(index + 1).filter((other) => touch(box, other));
    return others.map((other) => `"${box.says}" touches "${other.says}"`);
  });
  return [...cut.map((box) => `"${box.says}" is cut off at the edge`), ...touching];
}

/** Where the first page of a height ends in print: before the first part that cannot be broken and does not fit, its heading with it. */
export function firstBreak(height) {
  const whole = [...document.querySelectorAll("h2, .drawing, .card, dl div")];
  const boxes = whole.map((part) => ({ part, box: part.getBoundingClientRect() })).filter(({ box }) => box.height > 0);
  const over = boxes.find(({ box }) => box.bottom + scrollY > height);
  if (over === undefined) return height;
  const heading = over.part.matches(".drawing") ? over.part.closest("section")?.querySelector("h2") : null;
  return (heading ?? over.part).getBoundingClientRect().top + scrollY;
}

/** What the tip shows and where the focus is. */
export function tipAndFocus() {
  const tip = document.getElementById("tip");
  const focused = document.activeElement;
  const isMark = focused.matches("g.mark");
  const box = tip.getBoundingClientRect();
  return {
    shown: tip.hidden ? null : tip.textContent,
    isInView: box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight,
    // The title is empty while the tip is shown.
    says: isMark ? focused.getAttribute("aria-label") : null,
    chart: isMark ? focused.closest("figure").dataset.chart : null,
    at: isMark ? [...focused.ownerSVGElement.querySelectorAll("g.mark")].indexOf(focused) : null,
    isAtEnd: document.activeElement === document.body,
  };
}

/** The fills of less contrast than 4.5 with the ground of a picture, which is its first pixel. */
export async function faintOn([picture, fills]) {
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const luminance = (colour) => {
    const [red, green, blue] = colour.map((value) => value / 255).map((share) => {
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  const ground = luminance([...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)]);
  return fills.filter((fill) => {
    const text = luminance(fill.match(/\d+/g).map(Number));
    return Math.max(text, ground) / Math.min(text, ground) < 4.5;
  });
}
