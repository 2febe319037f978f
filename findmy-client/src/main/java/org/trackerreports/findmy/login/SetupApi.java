package org.trackerreports.findmy.login;

import feign.HeaderMap;
import feign.RequestLine;
import feign.Response;
import java.util.Map;

/** The call that turns a fresh sign-in into the token of the report service. Source: FindMy.py {@code account.py}. */
interface SetupApi {

    @RequestLine("POST /setup/iosbuddy/loginDelegates")
    Response delegates(@HeaderMap Map<String, String> headers, byte[] plist);
}
