package org.trackerreports.findmy.anisette;

import feign.HeaderMap;
import feign.RequestLine;
import feign.Response;
import java.net.URI;
import java.util.Map;

/** Apple's calls for provisioning. Source: omnisette, SideStore. */
interface ProvisioningApi {

    @RequestLine("GET /grandslam/GsService2/lookup")
    Response lookup(@HeaderMap Map<String, String> headers);

    /** A call to an address from the lookup. */
    @RequestLine("POST")
    Response step(URI address, @HeaderMap Map<String, String> headers, byte[] plist);
}
