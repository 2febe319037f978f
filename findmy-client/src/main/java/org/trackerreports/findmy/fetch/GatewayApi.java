package org.trackerreports.findmy.fetch;

import feign.HeaderMap;
import feign.RequestLine;
import feign.Response;
import java.util.Map;

/** The report service. Source: FindMy.py {@code account.py}, rustpush {@code findmy.rs}. */
interface GatewayApi {

    @RequestLine("POST /findmyservice/v2/fetch")
    Response fetchV2(@HeaderMap Map<String, String> headers, byte[] json);

    @RequestLine("POST /acsnservice/fetch")
    Response fetchV1(@HeaderMap Map<String, String> headers, byte[] json);
}
