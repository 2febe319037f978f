package org.trackerreports.findmy.anisette;

import feign.RequestLine;
import feign.Response;

/** The v1 interface of anisette servers. Source: anisette-v3-server {@code app.d}. */
interface AnisetteApi {

    @RequestLine("GET /")
    Response headers();
}
