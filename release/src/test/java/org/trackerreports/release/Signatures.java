package org.trackerreports.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKeyRingCollection;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/** Checks detached OpenPGP signatures. */
final class Signatures {

    private Signatures() {}

    /** Whether the signature is that of the content, made with a key of the given armoured secret keys. */
    static boolean valid(byte[] content, byte[] armouredSignature, String armouredSecretKeys)
            throws IOException, PGPException {
        PGPSignatureList signatures = (PGPSignatureList)
                new BcPGPObjectFactory(PGPUtil.getDecoderStream(new ByteArrayInputStream(armouredSignature)))
                        .nextObject();
        PGPSignature signature = signatures.get(0);
        PGPPublicKey key = new PGPSecretKeyRingCollection(
                        PGPUtil.getDecoderStream(new ByteArrayInputStream(armouredSecretKeys.getBytes(UTF_8))),
                        new BcKeyFingerprintCalculator())
                .getSecretKey(signature.getKeyID())
                .getPublicKey();
        signature.init(new BcPGPContentVerifierBuilderProvider(), key);
        signature.update(content);
        return signatures.size() == 1 && signature.verify();
    }
}
