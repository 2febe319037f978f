import {Signal} from "./dom.js";

/** The reading API of this server, relative to where the page's files are, so that it works behind any base path. */
const BASE = new URL("api/v1/", import.meta.url);

/** The server wants a token. */
export const tokenWanted = new Signal();

/** An answer that is no success, in the words of the server. */
export class ApiError extends Error {
    constructor(status, problem) {
        super(problem.detail || problem.title || "The server answered " + status + ".");
        this.status = status;
        this.nextStep = problem.next_step ?? "";
    }
}

/** An address of the API; what is undefined, null or empty is left out of the query. */
export function address(path, query = {}) {
    const url = new URL(path, BASE);
    for (const [name, value] of Object.entries(query)) {
        for (const each of [value].flat()) {
            if (each !== undefined && each !== null && each !== "") url.searchParams.append(name, each);
        }
    }
    return url;
}

async function call(url, options = {}) {
    let answer;
    try {
        answer = await fetch(url, {credentials: "same-origin", ...options});
    } catch (error) {
        if (error.name === "AbortError") throw error;
        throw new ApiError(0, {detail: "The server does not answer."});
    }
    if (answer.ok) return answer.status === 204 ? null : answer.json();
    const problem = await answer.json().catch(() => ({}));
    if (answer.status === 401 && !url.pathname.endsWith("/login")) tokenWanted.emit(problem);
    throw new ApiError(answer.status, problem);
}

export const get = (path, query, signal) => call(address(path, query), {signal});

export function send(method, path, body) {
    return call(address(path), {
        method,
        headers: body === undefined ? {} : {"Content-Type": "application/json"},
        body: body === undefined ? undefined : JSON.stringify(body)
    });
}

/** The pages of a list, one after another, until enough is there. */
export async function* pages(path, query, signal) {
    let after = null;
    do {
        const page = await get(path, {...query, after}, signal);
        yield page;
        after = page.next ?? null;
    } while (after);
}

/** All of a list, or the first ones of a very long list. */
export async function all(path, field, query, most, signal) {
    const found = [];
    for await (const page of pages(path, query, signal)) {
        found.push(...page[field]);
        if (found.length >= most) break;
    }
    return found;
}
