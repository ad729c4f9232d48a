// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.svid;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets a TLS handshake fail unless the client's certificate is a workload's: before a byte of its
/// request is read. Tells clients nothing of whom it trusts. Safe for many threads.
public final class SvidTrust extends X509ExtendedTrustManager {
    private static final Logger LOG = LoggerFactory.getLogger(SvidTrust.class);

    private final SvidVerifier verifier;

    /// @param verifier says which certificates are good
    public SvidTrust(SvidVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        if (verifier.check(List.of(chain)) instanceof SvidVerifier.Checked.Faulty faulty) {
            LOG.atWarn().addKeyValue("fault", faulty.fault().word()).log("a client's certificate was refused");
            throw new CertificateException(faulty.fault().word());
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("this side is the server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
