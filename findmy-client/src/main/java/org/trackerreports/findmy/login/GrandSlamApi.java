package org.trackerreports.findmy.login;

import feign.HeaderMap;
import feign.RequestLine;
import feign.Response;
import java.util.Map;

/** The sign-in service and its second factor. Source: FindMy.py {@code account.py}. */
interface GrandSlamApi {

    @RequestLine("POST /grandslam/GsService2")
    Response service(@HeaderMap Map<String, String> headers, byte[] plist);

    @RequestLine("GET /auth")
    Response methods(@HeaderMap Map<String, String> headers);

    @RequestLine("GET /auth/verify/trusteddevice")
    Response showCodeOnDevices(@HeaderMap Map<String, String> headers);

    @RequestLine("GET /grandslam/GsService2/validate")
    Response validateDeviceCode(@HeaderMap Map<String, String> headers);

    @RequestLine("PUT /auth/verify/phone")
    Response sendSms(@HeaderMap Map<String, String> headers, byte[] json);

    @RequestLine("POST /auth/verify/phone/securitycode")
    Response validateSmsCode(@HeaderMap Map<String, String> headers, byte[] json);
}
