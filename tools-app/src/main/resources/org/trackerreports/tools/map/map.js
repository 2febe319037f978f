"use strict";
(() => {
    const read = id => JSON.parse(document.getElementById(id).textContent);
    const byId = id => document.getElementById(id);
    const data = read("data");

    /** More points than this are drawn as lines only, so that moving the slider stays smooth. */
    const MOST_SINGLE_POINTS = 3000;
    /** With more points than this, only the latest ones have their circle of accuracy, because all of them would hide the map. */
    const MOST_CIRCLES = 60;
    /** With more labels than this, they are not moved apart. */
    const MOST_LABELS = 200;
    const MOST_LISTED = 500;
    const PLAY_MILLISECONDS = 20000;

    const TIME = 0, LATITUDE = 1, LONGITUDE = 2, ACCURACY = 3, CONFIDENCE = 4, CITY = 5, FLAGS = 6, WRONG = 7;
    const STAY = {FROM: 0, TO: 1, LATITUDE: 2, LONGITUDE: 3, CERTAIN_SECONDS: 4, PLACE: 5};

    const clock = new Intl.DateTimeFormat(undefined, {
        dateStyle: "medium", timeStyle: "short", timeZone: data.zone
    });
    const moment = seconds => clock.format(new Date(seconds * 1000)) + " (" + data.zone + ")";

    /** An element with text; text is never read as markup. */
    function element(tag, className, text) {
        const made = document.createElement(tag);
        if (className) made.className = className;
        if (text !== undefined) made.textContent = text;
        return made;
    }

    const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

    // ---- the trackers ----

    const trackers = data.trackers.map((tracker, index) => ({
        name: tracker.name,
        points: unwrapped(tracker.points),
        stays: tracker.stays || [],
        colour: "hsl(" + Math.round(index * 137.508) % 360 + " 70% 42%)",
        shown: true,
        layer: L.layerGroup()
    }));
    const all = trackers.filter(tracker => tracker.points.length > 0);
    const first = Math.min(...all.map(tracker => tracker.points[0][TIME]));
    const last = Math.max(...all.map(tracker => tracker.points[tracker.points.length - 1][TIME]));

    /** Longitudes that go on across the date line, instead of once around the earth. */
    function unwrapped(points) {
        let turn = 0;
        return points.map((point, index) => {
            if (index > 0) {
                const step = point[LONGITUDE] - points[index - 1][LONGITUDE];
                if (step > 180) turn -= 360;
                if (step < -180) turn += 360;
            }
            const moved = point.slice();
            moved[LONGITUDE] += turn;
            return moved;
        });
    }

    const place = point => [point[LATITUDE], point[LONGITUDE]];
    const city = point => point[CITY] < 0 ? "" : data.cities[point[CITY]];

    // ---- the map ----

    const map = L.map("map", {preferCanvas: true, zoomControl: false, minZoom: 1, maxZoom: 19});
    L.control.zoom({position: "topright"}).addTo(map);
    L.control.scale({position: "bottomright"}).addTo(map);
    map.attributionControl.setPosition("bottomleft");

    function drawWorld() {
        const pane = map.createPane("world");
        pane.style.zIndex = 150;
        pane.style.pointerEvents = "none";
        const style = {
            renderer: L.canvas({pane: "world", padding: 0.5}), pane: "world", interactive: false,
            color: css("--border"), weight: 1, fillColor: css("--land"), fillOpacity: 1, smoothFactor: 0.5
        };
        const world = outlines(read("world"));
        const longitudes = all.flatMap(tracker => tracker.points.map(point => point[LONGITUDE]));
        const west = longitudes.some(longitude => longitude < -180);
        const east = longitudes.some(longitude => longitude > 180);
        for (const polygon of world) {
            const ends = polygon[0].map(([longitude]) => longitude);
            const beyond = {west: Math.min(...ends) < -180, east: Math.max(...ends) > 180};
            const turns = [0].concat(west || beyond.east ? [-360] : [], east || beyond.west ? [360] : []);
            for (const turn of turns) {
                const moved = polygon.map(ring => ring.map(([longitude, latitude]) => [latitude, longitude + turn]));
                L.polygon(moved, style).addTo(map);
            }
        }
        map.attributionControl.addAttribution("Outlines: Natural Earth");
    }

    /** The polygons of a TopoJSON topology: its arcs hold steps of a grid, and a negative index means an arc backwards. */
    function outlines(topology) {
        const {scale, translate} = topology.transform;
        const arcs = topology.arcs.map(arc => {
            let x = 0, y = 0;
            return arc.map(([dx, dy]) => {
                x += dx;
                y += dy;
                return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
            });
        });
        const arc = index => index < 0 ? arcs[~index].slice().reverse() : arcs[index];
        const ring = indexes =>
            goingOn(indexes.flatMap((index, number) => number ? arc(index).slice(1) : arc(index)));
        return topology.objects.countries.geometries.flatMap(shape =>
            shape.type === "Polygon" ? [shape.arcs.map(ring)]
                : shape.type === "MultiPolygon" ? shape.arcs.map(rings => rings.map(ring)) : []);
    }

    /** A ring that goes on across the date line; one that goes around a pole is closed along it. */
    function goingOn(ring) {
        let turn = 0;
        const moved = ring.map(([longitude, latitude], index) => {
            const step = index ? longitude - ring[index - 1][0] : 0;
            if (step > 180) turn -= 360;
            if (step < -180) turn += 360;
            return [longitude + turn, latitude];
        });
        if (turn !== 0) {
            const pole = ring[0][1] < 0 ? -89.9 : 89.9;
            moved.push([moved[moved.length - 1][0], pole], [moved[0][0], pole]);
        }
        return moved;
    }

    drawWorld();
    if (data.tiles) {
        L.tileLayer(data.tiles.url, {maxZoom: 19, attribution: data.tiles.attribution})
            .on("tileerror", () => {
                const told = byId("tiles-refused");
                told.hidden = false;
                told.textContent = "The tile server does not answer or refuses this page." + (location.protocol === "file:"
                    ? " Some serve no page that is opened from a file; findmy tools map --serve shows it from an address." : "");
            })
            .addTo(map);
    }
    new ResizeObserver(() => map.invalidateSize()).observe(byId("map"));

    // ---- what is shown at a time ----

    const until = byId("until"), range = byId("window"), circles = byId("circles");
    const chosen = () => first + (last - first) * until.value / 1000;

    /** The points of a span of time that ends at the chosen time; if it has none, the latest before it. */
    function visible(tracker, end) {
        const begin = range.value === "0" ? -Infinity : end - Number(range.value);
        const before = tracker.points.filter(point => point[TIME] <= end);
        const inside = before.filter(point => point[TIME] > begin);
        return inside.length ? inside : before.slice(-1);
    }

    function draw() {
        const end = chosen();
        byId("when").textContent = all.length ? moment(end) : "";
        const shown = trackers.map(tracker => tracker.shown ? visible(tracker, end) : []);
        const count = shown.reduce((sum, points) => sum + points.length, 0);
        trackers.forEach((tracker, index) =>
            drawTracker(tracker, shown[index], count <= MOST_SINGLE_POINTS, count <= MOST_CIRCLES));
        moveLabelsApart();
    }

    function drawTracker(tracker, points, single, allCircles) {
        tracker.layer.clearLayers();
        tracker.latest = null;
        const known = visible(tracker, chosen());
        tracker.note.textContent = known.length ? describe(known[known.length - 1]) : "not seen in this time";
        if (points.length === 0) return;
        const add = layer => tracker.layer.addLayer(layer);
        drawStays(tracker, add);
        for (const part of parts(points.filter(point => !point[WRONG]))) {
            if (part.length > 1) {
                add(L.polyline(part.map(place), {color: tracker.colour, weight: 3, opacity: 0.75, interactive: false}));
            }
        }
        const right = points.filter(point => !point[WRONG]);
        const latest = (right.length ? right : points).slice(-1)[0];
        if (circles.checked) {
            for (const point of allCircles ? points : [latest]) {
                if (point[ACCURACY] !== null) {
                    add(L.circle(place(point), {
                        radius: point[ACCURACY], color: tracker.colour, weight: 1, opacity: 0.35, fillOpacity: 0.07,
                        interactive: false
                    }));
                }
            }
        }
        if (single) {
            for (const point of points) {
                add(L.circleMarker(place(point), {
                    radius: 4, color: point[WRONG] ? css("--wrong") : tracker.colour, weight: point[FLAGS] ? 2 : 1,
                    fillColor: tracker.colour, fillOpacity: point[FLAGS] ? 0.1 : 0.8
                }).bindPopup(() => popup(tracker, point)));
            }
        }
        tracker.latest = L.circleMarker(place(latest), {
            radius: 8, color: "#fff", weight: 2, fillColor: tracker.colour, fillOpacity: 1
        }).bindPopup(() => popup(tracker, latest)).bindTooltip(element("span", "", tracker.name), {
            permanent: true, direction: "right", offset: [10, 0], className: "label"
        });
        add(tracker.latest);
    }

    /** Stays as discs, larger the longer they were; dashed if a part of them is assumed. */
    function drawStays(tracker, add) {
        const end = chosen();
        const begin = range.value === "0" ? -Infinity : end - Number(range.value);
        for (const stay of tracker.stays) {
            if (stay[STAY.FROM] > end || stay[STAY.TO] < begin) continue;
            const seconds = stay[STAY.TO] - stay[STAY.FROM];
            const longitude = near(stay[STAY.LONGITUDE], tracker.points);
            add(L.circleMarker([stay[STAY.LATITUDE], longitude], {
                radius: 10 + 3 * Math.log2(1 + seconds / 3600), color: tracker.colour, weight: 2, opacity: 0.8,
                fillColor: tracker.colour, fillOpacity: 0.15, dashArray: seconds > stay[STAY.CERTAIN_SECONDS] ? "4 4" : null
            }).bindPopup(() => stayPopup(tracker, stay))
                .bindTooltip(element("span", "", moment(stay[STAY.FROM]) + " – " + moment(stay[STAY.TO]))));
        }
    }

    /** A longitude on the side of the date line where the points are. */
    function near(longitude, points) {
        const turns = points.length ? Math.round((points[0][LONGITUDE] - longitude) / 360) : 0;
        return longitude + 360 * turns;
    }

    function stayPopup(tracker, stay) {
        const seconds = stay[STAY.TO] - stay[STAY.FROM];
        const assumed = seconds - stay[STAY.CERTAIN_SECONDS];
        return box(tracker.name, [
            ["Stayed from", moment(stay[STAY.FROM])],
            ["until", moment(stay[STAY.TO])],
            ["for", length(seconds) + (assumed > 0 ? ", " + length(assumed) + " of it assumed" : "")],
            ["Place", (stay[STAY.PLACE] ? stay[STAY.PLACE] + " · " : "")
                + stay.slice(STAY.LATITUDE, STAY.LONGITUDE + 1).map(degrees => degrees.toFixed(6)).join(", ")]
        ]);
    }

    function length(seconds) {
        const minutes = Math.round(seconds / 60);
        return minutes < 60 ? minutes + " min" : Math.floor(minutes / 60) + " h " + minutes % 60 + " min";
    }

    /** Moves labels down until none covers another; the colour at its edge says whose it is. */
    function moveLabelsApart() {
        const labels = trackers.filter(tracker => tracker.latest && tracker.latest.getTooltip().getElement());
        const placed = [];
        if (labels.length > MOST_LABELS) return;
        const positions = labels.map(tracker => ({tracker, at: map.latLngToContainerPoint(tracker.latest.getLatLng())}));
        positions.sort((one, other) => one.at.y - other.at.y);
        for (const {tracker, at} of positions) {
            const tooltip = tracker.latest.getTooltip();
            const label = tooltip.getElement();
            label.style.borderLeftColor = tracker.colour;
            const {offsetWidth: width, offsetHeight: height} = label;
            let top = at.y;
            const covered = other => other.left < at.x + width && at.x < other.left + other.width
                && other.top < top + height && top < other.top + other.height;
            for (let other = placed.find(covered); other; other = placed.find(covered)) top = other.top + other.height + 1;
            placed.push({left: at.x, top, width, height});
            tooltip.options.offset = [10, top - at.y];
            tooltip.update();
        }
    }

    /** The points between gaps. */
    function parts(points) {
        const found = [];
        points.forEach((point, index) => {
            if (index === 0 || point[TIME] - points[index - 1][TIME] > data.gap_seconds) found.push([]);
            found[found.length - 1].push(point);
        });
        return found;
    }

    const describe = point => moment(point[TIME]) + (city(point) ? " · " + city(point) : "")
        + (point[FLAGS] ? " · " + point[FLAGS] : "");

    function box(title, rows) {
        const made = element("div", "popup");
        made.append(element("strong", "", title));
        const list = element("dl");
        for (const [name, text] of rows) list.append(element("dt", "", name), element("dd", "", text));
        made.append(list);
        return made;
    }

    function popup(tracker, point) {
        return box(tracker.name, [
            ["Time", moment(point[TIME])],
            ["Place", place(point).map(degrees => degrees.toFixed(6)).join(", ") + (city(point) ? " · " + city(point) : "")],
            ["Accuracy", point[ACCURACY] === null ? "unknown" : point[ACCURACY] + " m"],
            ["Confidence", String(point[CONFIDENCE])],
            ...(point[FLAGS] ? [["Flags", point[FLAGS]]] : [])
        ]);
    }

    // ---- the places ----

    function drawPlaces() {
        const style = {color: css("--place"), weight: 1.5, fillColor: css("--place"), fillOpacity: 0.08};
        const points = all.flatMap(tracker => tracker.points.slice(0, 1));
        for (const each of data.places) {
            const first = near(each.corners[0][1], points);
            const corners = each.corners.map(([latitude, longitude]) =>
                [latitude, longitude + 360 * Math.round((first - longitude) / 360)]);
            const layer = each.radius ? L.circle(corners[0], {...style, radius: each.radius}) : L.polygon(corners, style);
            layer.bindPopup(() => box(each.name, [["Place", each.radius ? each.radius + " m around it" : "polygon"]]))
                .bindTooltip(element("span", "", each.name), {sticky: true}).addTo(map);
        }
    }

    drawPlaces();

    // ---- the panel ----

    /** Shows points in the part of the map that nothing covers. */
    function jump(points) {
        const narrow = innerWidth <= 640;
        const right = byId("detail").hidden ? 120 : 360;
        map.invalidateSize();
        map.fitBounds(L.latLngBounds(points.map(place)), {
            maxZoom: 15, paddingTopLeft: narrow ? [20, 20] : [330, 30], paddingBottomRight: narrow ? [60, 30] : [right, 100]
        });
    }

    function list(tracker) {
        byId("detail-name").textContent = tracker.name;
        byId("detail").hidden = false;
        const rows = tracker.points.slice(-MOST_LISTED).reverse().map(point => {
            const row = element("li");
            const button = element("button", "jump");
            button.type = "button";
            button.append(element("span", "note", describe(point)));
            button.addEventListener("click", () => {
                map.setView(place(point), Math.max(map.getZoom(), 14));
                L.popup().setLatLng(place(point)).setContent(popup(tracker, point)).openOn(map);
            });
            row.append(button);
            return row;
        });
        byId("sightings").replaceChildren(...rows);
    }

    for (const tracker of trackers) {
        const row = element("li");
        const box = element("input");
        box.type = "checkbox";
        box.checked = true;
        box.setAttribute("aria-label", "Show " + tracker.name);
        box.addEventListener("change", () => {
            tracker.shown = box.checked;
            draw();
        });
        const swatch = element("span", "swatch");
        swatch.style.background = tracker.colour;
        const button = element("button", "jump");
        button.type = "button";
        tracker.note = element("span", "note");
        button.append(element("span", "name", tracker.name), tracker.note);
        button.addEventListener("click", () => {
            list(tracker);
            const points = visible(tracker, chosen());
            if (points.length) jump(points);
        });
        row.append(box, swatch, button);
        tracker.row = row;
        byId("trackers").append(row);
        tracker.layer.addTo(map);
    }

    const filter = byId("filter");
    filter.hidden = trackers.length <= 12;
    filter.addEventListener("input", () => {
        const wanted = filter.value.trim().toLowerCase();
        trackers.forEach(tracker => tracker.row.hidden = !tracker.name.toLowerCase().includes(wanted));
    });
    byId("detail-close").addEventListener("click", () => byId("detail").hidden = true);

    // ---- time ----

    let playing = 0;

    function stop() {
        cancelAnimationFrame(playing);
        playing = 0;
        byId("play").textContent = "▶";
    }

    byId("play").addEventListener("click", () => {
        if (playing) {
            stop();
            return;
        }
        if (until.value >= 1000) until.value = 0;
        byId("play").textContent = "⏸";
        const from = Number(until.value);
        const began = performance.now();
        const step = now => {
            until.value = from + 1000 * (now - began) / PLAY_MILLISECONDS;
            draw();
            if (until.value >= 1000) stop();
            else playing = requestAnimationFrame(step);
        };
        playing = requestAnimationFrame(step);
    });
    until.step = "any";
    until.addEventListener("input", () => {
        stop();
        draw();
    });
    range.addEventListener("change", draw);
    map.on("zoomend", moveLabelsApart);
    circles.addEventListener("change", draw);
    byId("time").addEventListener("submit", event => event.preventDefault());

    const count = trackers.reduce((sum, tracker) => sum + tracker.points.length, 0);
    byId("summary").textContent = count === 0 ? "No position in this time."
        : count.toLocaleString() + (count === 1 ? " position of " : " positions of ") + trackers.length
            + (trackers.length === 1 ? " tracker" : " trackers");
    byId("time").hidden = all.length === 0;
    // A day has one point of each day.
    if (data.gap_seconds > 86400) range.value = "604800";
    if (all.length) jump(all.flatMap(tracker => visible(tracker, last)));
    else map.setView([25, 10], 2);
    draw();
    document.body.dataset.ready = String(count);
})();
