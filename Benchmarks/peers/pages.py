"""A page as the network reads it: decoded, cropped, resized, changed, normalised."""

import math

import numpy
from PIL import Image

MEAN = numpy.array([0.485, 0.456, 0.406], dtype=numpy.float32)
DEVIATION = numpy.array([0.229, 0.224, 0.225], dtype=numpy.float32)


def square(path, side):
    """The crop that the paper keeps, as `side` x `side` RGB."""
    with Image.open(path) as page:
        page = page.convert("RGB")
    top, bottom = math.floor(0.20 * page.height + 0.5), math.floor(0.07 * page.height + 0.5)
    page = page.crop((0, top, page.width, page.height - bottom))
    return page.resize((side, side), Image.Resampling.BICUBIC)


def planes(image):
    """(1, 3, side, side), normalised."""
    values = (numpy.asarray(image, dtype=numpy.float32) / 255 - MEAN) / DEVIATION
    return numpy.ascontiguousarray(values.transpose(2, 0, 1)[None])


def changed(image, random):
    """Turned, scaled and shifted about its centre, then lighter or darker: ECGLens's ranges."""

    def draw(reach):
        return random.uniform(-reach, reach)

    angle, scale = math.radians(draw(3)), 1 + draw(0.05)
    shift_x, shift_y = draw(0.02) * image.width, draw(0.02) * image.height
    brightness, contrast = 1 + draw(0.1), 1 + draw(0.1)
    cosine, sine = math.cos(angle) / scale, math.sin(angle) / scale
    x, y = image.width / 2, image.height / 2
    from_x, from_y = -x - shift_x, -y - shift_y
    # For each pixel of the result the place that it is taken from.
    matrix = (
        cosine, -sine, cosine * from_x - sine * from_y + x,
        sine, cosine, sine * from_x + cosine * from_y + y,
    )  # fmt: skip
    image = image.transform(
        image.size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR,
        fillcolor=image.getpixel((0, 0)),
    )  # fmt: skip
    gain, offset = brightness * contrast, brightness * (1 - contrast) * 127.5
    table = [min(max(int(value * gain + offset + 0.5), 0), 255) for value in range(256)]
    return image.point(table * 3)
