import {button, css, h} from "./dom.js";

/** A circle that is moved by its middle and sized by its edge, on the map and in a form; polygons keep their corners. */

const SMALLEST = 50, LARGEST = 20_000;
const METRES_A_DEGREE = 111_320;

export class PlaceEditor {
    /** @param place the one to change, or null for a new one */
    constructor(map, place) {
        this.view = map;
        this.map = map.map;
        this.place = place;
        const middle = map.middle();
        this.isPolygon = Boolean(place?.corners);
        this.lat = place?.lat ?? middle.lat;
        this.lon = place?.lon ?? middle.lng;
        this.radius = place?.radius_m ?? Math.max(SMALLEST, Math.min(2000, Math.round(this.#visibleMetres() / 10) * 2));
        this.layers = L.layerGroup();
        this.problem = h("p", {class: "trouble", role: "alert", hidden: true});
    }

    #visibleMetres() {
        return this.map.getSize().y / 4 * 40_075_017 * Math.cos(this.map.getCenter().lat * Math.PI / 180) / (256 * 2 ** this.map.getZoom());
    }

    form(saveText, cancel) {
        const number = (label, value, properties, set) => {
            const input = h("input", {type: "number", step: "any", required: true, value, ...properties,
                on: {input: () => input.checkValidity() && input.value !== "" && (set(Number(input.value)), this.#draw())}});
            return {input, row: h("label", {class: "field"}, h("span", {text: label}), input)};
        };
        const place = this.place;
        this.name = h("input", {type: "text", required: true, maxlength: "100", value: place?.name ?? "", placeholder: "Home", autocomplete: "off"});
        this.alert = h("input", {type: "checkbox", checked: place?.alert ?? true});
        this.confirm = number("Reports that must agree", String(place?.confirm ?? 1), {min: "1", max: "10", step: "1"}, () => {});
        this.dwell = number("Minutes that they must span", String((place?.dwell_seconds ?? 0) / 60), {min: "0", max: "1440"}, () => {});
        this.radiusField = number("Radius in metres", String(Math.round(this.radius)), {min: String(SMALLEST), max: String(LARGEST), step: "1"}, value => this.radius = value);
        this.latField = number("Latitude", this.lat.toFixed(5), {min: "-90", max: "90"}, value => this.lat = value);
        this.lonField = number("Longitude", this.lon.toFixed(5), {min: "-180", max: "180"}, value => this.lon = value);
        this.slider = h("input", {
            type: "range", min: "0", max: "1000", "aria-label": "Radius", value: String(toSlider(this.radius)),
            on: {input: () => {
                this.radius = fromSlider(Number(this.slider.value));
                this.#fields();
                this.#draw();
            }}
        });
        const shape = this.isPolygon ? [h("p", {class: "note", text: "The corners of a polygon are changed by ./findmy tools places import."})]
            : [h("p", {class: "note", text: "Click on the map to move it; drag its edge to size it."}), this.radiusField.row, this.slider,
                h("div", {class: "field-row"}, this.latField.row, this.lonField.row)];
        return h("form", {class: "form"},
            h("label", {class: "field"}, h("span", {text: "Name"}), this.name), ...shape,
            h("label", {class: "check"}, this.alert, h("span", {text: "Alert when a tracker comes or goes"})),
            h("details", {class: "more"}, h("summary", {text: "When it counts"}), this.confirm.row, this.dwell.row), this.problem,
            h("div", {class: "form-actions"}, button("Cancel", cancel, "button quiet"),
                h("button", {type: "submit", class: "button primary", text: saveText})));
    }

    start() {
        this.name.focus({preventScroll: true});
        this.view.isEdited = true;
        if (this.isPolygon) return;
        this.view.places.hidden = this.place?.id ?? null;
        this.view.redraw();
        const handle = (name, title) => L.marker([0, 0], {
            draggable: true, keyboard: false, icon: L.divIcon({className: "handle-" + name, iconSize: [22, 22]}), title
        }).addTo(this.layers);
        this.circle = L.circle([this.lat, this.lon], {radius: this.radius, color: css("--map-place"), weight: 2, fillOpacity: 0.15, interactive: false}).addTo(this.layers);
        this.middle = handle("middle", "Move");
        this.edge = handle("edge", "Size");
        this.middle.on("drag", ({latlng}) => this.#move(latlng));
        this.edge.on("drag", ({latlng}) => {
            this.radius = Math.max(SMALLEST, Math.min(LARGEST, this.map.distance([this.lat, this.lon], latlng)));
            this.#fields();
            this.#draw(false);
        });
        this.edge.on("dragend", () => this.#draw());
        this.clicked = event => this.#move(event.latlng);
        this.map.on("click", this.clicked);
        this.layers.addTo(this.map);
        this.#draw();
    }

    #move({lat, lng}) {
        this.lat = lat;
        this.lon = ((lng + 540) % 360) - 180;
        this.#fields();
        this.#draw();
    }

    #fields() {
        this.radiusField.input.value = Math.round(this.radius);
        this.slider.value = toSlider(this.radius);
        this.latField.input.value = this.lat.toFixed(5);
        this.lonField.input.value = this.lon.toFixed(5);
    }

    #draw(withEdge = true) {
        if (!this.circle) return;
        this.slider.value = toSlider(this.radius);
        this.circle.setLatLng([this.lat, this.lon]).setRadius(this.radius);
        this.middle.setLatLng([this.lat, this.lon]);
        const east = this.radius / (METRES_A_DEGREE * Math.max(0.01, Math.cos(this.lat * Math.PI / 180)));
        if (withEdge) this.edge.setLatLng([this.lat, this.lon + east]);
    }

    /** What the API takes. */
    value() {
        const area = this.isPolygon ? {corners: this.place.corners}
            : {lat: Number(this.lat.toFixed(6)), lon: Number(this.lon.toFixed(6)), radius_m: Math.round(this.radius)};
        return {
            name: this.name.value.trim(), ...area, labels: this.place?.labels ?? {}, alert: this.alert.checked,
            confirm: Number(this.confirm.input.value), dwell_seconds: Math.round(Number(this.dwell.input.value) * 60),
            ...(this.place ? {max_lag_seconds: this.place.max_lag_seconds} : {})
        };
    }

    stop() {
        this.view.isEdited = false;
        this.layers.remove();
        if (this.clicked) this.map.off("click", this.clicked);
        this.view.places.hidden = null;
        this.view.redraw();
    }
}

// Small circles are set more finely than large ones.
const toSlider = radius => 1000 * Math.log(radius / SMALLEST) / Math.log(LARGEST / SMALLEST);
const fromSlider = value => Math.round(SMALLEST * (LARGEST / SMALLEST) ** (value / 1000));
