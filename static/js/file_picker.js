/*
 * The browser's own button for files speaks the browser's language, forgets the first choice at the second, and sends everything: a label
 * takes its place and says which files were chosen. What cannot be taken is named and left out before it goes over a slow line, and too
 * large a photo is made smaller. Without this the browser's button does, and the server says what is wrong.
 */
const LONGEST_SIDE = 3000; // pixels: a letter on A4 stays readable
const PHOTO = /^image\/(jpeg|png|webp)$/;

const decoded = async (file) => {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return createImageBitmap(file); // older browsers refuse the option
  }
};

const smaller = async (file) => {
  const picture = await decoded(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const paper = canvas.getContext("2d");
  paper.fillStyle = "white";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => {
    canvas.toBlob(done, "image/jpeg", 0.85);
  });
  return new File([blob], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" });
};

/* The file as it can be sent, or words that say why it cannot. */
const looked = async (file, { mostBytes, heic, tooLarge }) => {
  if (/\.hei[cf]$/i.test(file.name)) return heic;
  if (file.size <= Number(mostBytes)) return file;
  try {
    const small = PHOTO.test(file.type) && (await smaller(file));
    return small && small.size <= Number(mostBytes) ? small : tooLarge;
  } catch {
    return tooLarge; // no picture after all, or too little memory
  }
};

const isolated = (text) => {
  const name = document.createElement("bdi");
  name.textContent = text;
  return name;
};

const equip = (input) => {
  const words = input.dataset;
  const button = document.createElement("label");
  button.className = "button button--quiet file-picker__button";
  button.htmlFor = input.id;
  button.textContent = words.choose;
  const names = document.createElement("ul");
  names.className = "file-list__items";
  names.hidden = true;
  const note = document.createElement("p");
  note.className = "field__error";
  note.setAttribute("role", "alert");
  input.classList.add("visually-hidden");
  input.after(button, names, note);

  let chosen = [];
  const show = () => {
    const files = new DataTransfer();
    chosen.forEach((file) => files.items.add(file));
    input.files = files.files;
    names.hidden = !chosen.length;
    names.replaceChildren(
      ...chosen.map((file) => {
        const item = document.createElement("li");
        const remove = document.createElement("button");
        remove.type = "button";
        remove.className = "button button--quiet";
        remove.append(words.remove, " ");
        const whose = isolated(file.name);
        whose.className = "visually-hidden";
        remove.append(whose);
        remove.addEventListener("click", () => {
          chosen = chosen.filter((other) => other !== file);
          note.textContent = "";
          show();
          input.focus();
        });
        item.className = "file-list__item";
        const name = isolated(file.name);
        name.className = "file-list__name";
        item.append(name, remove);
        return item;
      }),
    );
  };

  input.addEventListener("change", async () => {
    const come = [...input.files];
    const found = await Promise.all(come.map((file) => looked(file, words)));
    const before = input.multiple ? chosen : [];
    const isNew = (file) => file instanceof File && !before.some((other) => other.name === file.name && other.size === file.size);
    const all = [...before, ...found.filter(isNew)];
    chosen = all.slice(0, Number(words.mostFiles));
    const said = document.createElement("span");
    said.append(...found.flatMap((one, place) => (one instanceof File ? [] : [isolated(come[place].name), `: ${one} `])));
    if (all.length > chosen.length) said.append(words.tooMany);
    note.replaceChildren(said);
    show();
  });
};

document.querySelectorAll("input[type=file][data-most-bytes]").forEach(equip);
