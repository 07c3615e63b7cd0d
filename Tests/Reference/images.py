"""Small images and what Pillow and OpenCV make of them: Tests/Fixtures/images.

Run from the repository's root with Pillow, NumPy and OpenCV installed.
"""

import io
import pathlib

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageOps
from PIL.PngImagePlugin import PngInfo

OUT = pathlib.Path("Tests/Fixtures/images")


def page():
    """A page in small: dotted grid, thin black trace, rules, a patch of noise."""
    image = Image.new("RGB", (221, 131), "white")
    draw = ImageDraw.Draw(image)
    for x in range(6, 220, 8):
        for y in range(20, 120, 4):
            draw.point((x, y), (76, 62, 63))
    draw.rectangle((4, 14, 215, 122), outline=(252, 170, 176), width=2)
    for base in (40, 70, 100):
        points = [(x, base + 12 * np.sin(x / 7) * (x % 31 < 9)) for x in range(5, 214)]
        draw.line(points, fill=(0, 0, 0), width=1)
    noise = np.random.default_rng(7).integers(0, 256, (24, 40, 3), dtype=np.uint8)
    image.paste(Image.fromarray(noise), (150, 80))
    return image


def component_ids_from_zero(data):
    """The JPEG with its components numbered 0, 1, 2 in frame and scan header."""
    data = bytearray(data)
    for marker, first, step in ((b"\xff\xc0", 10, 3), (b"\xff\xda", 5, 2)):
        at = data.index(marker)
        for component in range(3):
            assert data[at + first + component * step] == component + 1
            data[at + first + component * step] = component
    return bytes(data)


def jpeg(image, **options):
    stream = io.BytesIO()
    image.save(stream, "JPEG", **options)
    return stream.getvalue()


def decoded(data):
    return Image.open(io.BytesIO(data)).convert("RGB")


def write_jpegs(image):
    tables = [[min(255, (k + 2) * (2 + i)) for i in range(64)] for k in range(3)]
    scans = {
        "scan": component_ids_from_zero(jpeg(image, qtables=tables, subsampling="4:2:0")),
        "progressive": jpeg(image.crop((0, 0, 61, 47)), quality=80, progressive=True),
        "grey": jpeg(image.crop((0, 0, 61, 47)).convert("L"), quality=80),
        "printing-colours": jpeg(inks(), quality=90),
        "printing-progressive": jpeg(inks(), quality=75, progressive=True),
    }
    for name, data in scans.items():
        (OUT / f"{name}.jpg").write_bytes(data)
        decoded(data).save(OUT / f"{name}-decoded.png", optimize=True)


def inks():
    """A smooth picture that uses all four inks, with a line of black."""
    x, y = np.meshgrid(np.arange(48), np.arange(32))
    bands = np.stack([x * 5, y * 7, 255 - (x + y) * 3, (x - y) * 4], axis=-1)
    image = Image.fromarray(bands.clip(0, 255).astype(np.uint8), "CMYK")
    ImageDraw.Draw(image).line((0, 20, 47, 5), fill=(0, 0, 0, 255), width=2)
    return image


def write_pngs():
    """PNG's kinds, with the RGB pixels each stands for."""
    rng = np.random.default_rng(9)
    rgba = rng.integers(0, 256, (12, 16, 4), dtype=np.uint8)
    rgba[:4, :, 3] = 0
    rgba[4:8, :, 3] = 255
    white = Image.new("RGBA", (16, 12), "white")
    on_white = Image.alpha_composite(white, Image.fromarray(rgba)).convert("RGB")
    kinds = {
        "alpha": (Image.fromarray(rgba), on_white),
        "palette": (Image.fromarray(rgba[..., :3]).quantize(16), None),
        "grey": (Image.fromarray(rgba[..., 0]), None),
        "bits": (Image.fromarray(rgba[..., 0]).convert("1"), None),
    }
    for name, (image, expected) in kinds.items():
        image.save(OUT / f"kind-{name}.png")
        (expected or image.convert("RGB")).save(OUT / f"kind-{name}-expected.png")
    rgb = rgba[..., 2::-1].copy()
    Image.fromarray(rgb).save(OUT / "kind-deep-expected.png")
    _, deep = cv2.imencode(".png", rgb[..., ::-1].astype(np.uint16) * 257)
    (OUT / "kind-deep.png").write_bytes(deep.tobytes())
    write_transparent(rgba)
    # A gamma of 1 must not change pixels: Pillow passes it over.
    info = PngInfo()
    info.add(b"gAMA", (100000).to_bytes(4, "big"))
    Image.fromarray(rgb).save(OUT / "kind-gamma.png", pnginfo=info)
    Image.fromarray(rgb).save(OUT / "kind-gamma-expected.png")


def write_transparent(rgba):
    """Transparency in its other forms, on white, and a PNG that says which way up it is."""
    def on_white(image):
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, image.convert("RGBA")).convert("RGB")

    palette = Image.fromarray(rgba[..., :3]).quantize(16)
    palette.info["transparency"] = 3
    palette.save(OUT / "kind-palette-alpha.png", transparency=3)
    grey = Image.fromarray(np.ascontiguousarray(rgba[..., 2:]), "LA")
    grey.save(OUT / "kind-grey-alpha.png")
    for name in ("palette-alpha", "grey-alpha"):
        on_white(Image.open(OUT / f"kind-{name}.png")).save(OUT / f"kind-{name}-expected.png")
    _, deep = cv2.imencode(".png", rgba[..., [2, 1, 0, 3]].astype(np.uint16) * 257)
    (OUT / "kind-deep-alpha.png").write_bytes(deep.tobytes())
    on_white(Image.fromarray(rgba)).save(OUT / "kind-deep-alpha-expected.png")
    exif = Image.Exif()
    exif[0x0112] = 6
    rgb = Image.fromarray(rgba[..., :3])
    rgb.save(OUT / "kind-turned.png", exif=exif)
    ImageOps.exif_transpose(Image.open(OUT / "kind-turned.png")).save(
        OUT / "kind-turned-expected.png", exif=b"")


def write_resized(image):
    array = np.asarray(image)
    part = array[26:122, 7:200]
    # OpenCV's own code: with its optimisations on it may hand over to a library of other rounding.
    cv2.setUseOptimized(False)
    for source, pixels in (("page", array), ("part", part)):
        for width, height in ((45, 37), (300, 50), (90, 200), (pixels.shape[1], 37),
                              (45, pixels.shape[0]), (1, 1)):
            results = {
                "pillow-bicubic": np.asarray(
                    Image.fromarray(pixels).resize((width, height), Image.BICUBIC)),
                "opencv-cubic": cv2.resize(
                    pixels, (width, height), interpolation=cv2.INTER_CUBIC),
                "area": cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA),
            }
            for method, result in results.items():
                if source == "part" and (width, height) != (45, 37):
                    continue
                name = f"{source}-{method}-{width}x{height}.png"
                Image.fromarray(result).save(OUT / name, optimize=True)


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    original = page()
    original.save(OUT / "page.png", optimize=True)
    write_jpegs(original)
    write_pngs()
    write_resized(original)
