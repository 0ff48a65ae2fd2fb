// A photo from the camera to the phone's store: its hash first, then made smaller, then kept.
import compress from "../../vendor/browser-image-compression/browser-image-compression-2.0.2.js";

// Below this a photo is sent as it is.
const SMALL = 1.5 * 1024 * 1024;
const LONGEST = 2560;
const THUMB = 240;

export async function hash(blob) {
  const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Nothing that the phone cannot read is thrown away: it is sent as the camera made it.
async function smaller(file) {
  if (file.size <= SMALL || !file.type.startsWith("image/")) return file;
  try {
    const made = await compress(file, {
      maxSizeMB: SMALL / 1024 / 1024,
      maxWidthOrHeight: LONGEST,
      useWebWorker: false,
      preserveExif: true,
      initialQuality: 0.85,
    });
    return made.size < file.size ? made : file;
  } catch {
    return file;
  }
}

async function thumb(blob) {
  try {
    const image = await createImageBitmap(blob, { resizeWidth: THUMB, resizeQuality: "medium" });
    const canvas = document.createElement("canvas");
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext("2d").drawImage(image, 0, 0);
    return await new Promise((made) => canvas.toBlob(made, "image/jpeg", 0.7));
  } catch {
    return null;
  }
}

export async function taken(file) {
  const camera = await hash(file);
  const sent = await smaller(file);
  const sha256 = sent === file ? camera : await hash(sent);
  return {
    sha256,
    camera,
    name: file.name || "photo.jpg",
    size: sent.size,
    blob: new Blob([await sent.arrayBuffer()], { type: sent.type }),
    thumb: await thumb(sent),
    received: false,
  };
}

export function address(blob) {
  return blob ? URL.createObjectURL(blob) : null;
}
