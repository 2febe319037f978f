package org.trackerreports.findmy.fetch;

import feign.HeaderMap;
import feign.RequestLine;
import feign.Response;
import java.util.Map;

/** The report service. Source: FindMy.py {@code account.py}, rustpush {@code findmy.rs}. */
interface GatewayApi {

    @RequestLine("POST /findmyservice/v2/fetch")
    Response fetch(@HeaderMap Map<String, String> headers, byte[] json);
}
