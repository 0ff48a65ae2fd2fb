// Where the phone is, if it tells; a refusal is no fault.

const RADIUS = 6371008.8;
const WAIT = 12000;

export function here() {
  return new Promise((found) => {
    if (!navigator.geolocation) {
      found(null);
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        found({
          latitude: Number(coords.latitude.toFixed(6)),
          longitude: Number(coords.longitude.toFixed(6)),
          accuracy: Math.round(coords.accuracy),
        }),
      () => found(null),
      { enableHighAccuracy: true, timeout: WAIT, maximumAge: 30000 },
    );
  });
}

const radians = (degrees) => (degrees * Math.PI) / 180;

export function metres(one, other) {
  if (one?.latitude == null || other?.latitude == null) return null;
  const north = radians(other.latitude - one.latitude);
  const east = radians(other.longitude - one.longitude);
  const half =
    Math.sin(north / 2) ** 2 +
    Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(east / 2) ** 2;
  return 2 * RADIUS * Math.asin(Math.sqrt(half));
}
