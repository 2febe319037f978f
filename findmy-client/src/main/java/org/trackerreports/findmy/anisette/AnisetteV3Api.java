package org.trackerreports.findmy.anisette;

import feign.Headers;
import feign.RequestLine;
import feign.Response;

/** The v3 interface of anisette servers. Source: anisette-v3-server {@code app.d}, omnisette. */
interface AnisetteV3Api {

    @RequestLine("GET /v3/client_info")
    Response clientInfo();

    @RequestLine("POST /v3/get_headers")
    @Headers("Content-Type: application/json")
    Response headers(byte[] json);
}
