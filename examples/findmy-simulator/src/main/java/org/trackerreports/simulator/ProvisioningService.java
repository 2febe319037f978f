package org.trackerreports.simulator;

import com.dd.plist.NSDictionary;
import java.net.URI;
import java.util.function.Supplier;

/** Apple's half of provisioning an anisette machine: the list of addresses, and the two steps. */
record ProvisioningService(Provisioning provisioning, ClientChecks checks, Supplier<URI> base) {
    static final String LOOKUP_PATH = "/grandslam/GsService2/lookup";
    static final String START_PATH = "/grandslam/MidService/startMachineProvisioning";
    static final String FINISH_PATH = "/grandslam/MidService/finishMachineProvisioning";

    /** {@code GET /grandslam/GsService2/lookup}. */
    Reply lookup(Call call) {
        call.proceed();
        checkClient(call);
        String gsa = base.get().toString();
        return Reply.plist(Plists.print(Plists.of(
                "urls",
                Plists.of(
                        "gsService", gsa + "/grandslam/GsService2",
                        "midStartProvisioning", gsa + START_PATH,
                        "midFinishProvisioning", gsa + FINISH_PATH,
                        "secondaryAuth", gsa + "/auth/verify/phone",
                        "trustedDeviceSecondaryAuth", gsa + "/auth/verify/trusteddevice",
                        "validateCode", gsa + "/grandslam/GsService2/validate"))));
    }

    /** {@code POST} of the start. */
    Reply start(Call call) {
        call.proceed();
        request(call);
        return answer("spim", provisioning.start());
    }

    /** {@code POST} of the end. */
    Reply finish(Call call) {
        call.proceed();
        String cpim = Plists.string(request(call), "cpim").orElse("");
        Provisioning.Ending ending = provisioning
                .end(cpim)
                .orElseThrow(() -> new RefusedRequest(
                        Reply.plist(Plists.print(Plists.of(
                                "Response",
                                Plists.of("Status", Plists.of("hsc", 400, "ec", -29000, "em", "Invalid request."))))),
                        "cpim was not made from start data of this service, or was used before"));
        return answer("ptm", ending.ptm(), "tk", ending.tk(), "X-Apple-I-MD-RINFO", AnisetteService.ROUTING_INFO);
    }

    private void checkClient(Call call) {
        checks.requireClientInfo(call, fault -> new RefusedRequest(Reply.html(401, "Unauthorized"), fault));
    }

    private NSDictionary request(Call call) {
        LoginService.refuseXcode(call);
        checkClient(call);
        return Plists.dictionary(call.body())
                .flatMap(body -> Plists.dictionary(body, "Request"))
                .orElseThrow(() -> new RefusedRequest(
                        Reply.html(401, "Unauthorized"), "the body is not an XML property list with a Request"));
    }

    private static Reply answer(Object... members) {
        NSDictionary response = Plists.of(members);
        response.put("Status", Plists.of("hsc", 200, "ec", 0, "em", ""));
        return Reply.plist(Plists.print(Plists.of("Header", new NSDictionary(), "Response", response)));
    }
}
