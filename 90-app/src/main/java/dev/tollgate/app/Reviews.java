// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.connectors.Loopback;
import dev.tollgate.gateway.stage.Reviewers;
import dev.tollgate.inspection.outside.DlpCheck;
import dev.tollgate.inspection.outside.HttpDlp;
import dev.tollgate.inspection.outside.IcapDlp;
import dev.tollgate.inspection.outside.ModelReview;
import dev.tollgate.secrets.SecretStore;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Step;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Others who are asked about what leaves. Off unless configured.
///
/// @param dlp   a data-loss-prevention system
/// @param model a second model
public record Reviews(Optional<Reviews.Dlp> dlp, Optional<Reviews.Model> model) {
    /// Nobody.
    public static final Reviews NONE = new Reviews(Optional.empty(), Optional.empty());

    /// Who is slower holds up every message; a person who waits has given up.
    private static final Duration MOST = Duration.ofSeconds(10);

    /// A DLP system.
    ///
    /// @param url        `https://…`, or `icap://host:port/service`
    /// @param credential name of the secret that it is asked with
    public record Dlp(URI url, Optional<String> credential) {
        public Dlp {
            require("icap".equals(url.getScheme()) || safe(url), "`review.dlp.url` is an `https` or an `icap` URL");
        }
    }

    /// A second model.
    ///
    /// @param dialect    how it is spoken to
    /// @param url        the whole address of the endpoint
    /// @param name       as the provider calls it
    /// @param credential name of the secret that it is asked with
    public record Model(ModelReview.Dialect dialect, URI url, String name, Optional<String> credential) {
        public Model {
            require(safe(url), "`review.model.url` is an `https` URL");
        }
    }

    /// Plain HTTP is for loopback only: what is asked about is customer data.
    private static boolean safe(URI url) {
        boolean near = "http".equals(url.getScheme()) && Loopback.is(url.getHost());
        return url.getHost() != null && (near || "https".equals(url.getScheme()));
    }

    /// The reviewers themselves.
    Reviewers open(SecretStore secrets) {
        return new Reviewers(
                dlp.map(one -> check(one, secrets)),
                model.map(one -> new ModelReview(
                        one.dialect(), one.url(), one.name(), MOST, credential(secrets, one.credential()))));
    }

    private static DlpCheck check(Dlp one, SecretStore secrets) {
        return "icap".equals(one.url().getScheme())
                ? new IcapDlp(one.url(), MOST)
                : new HttpDlp(one.url(), MOST, credential(secrets, one.credential()));
    }

    private static Supplier<Optional<SecretValue>> credential(SecretStore secrets, Optional<String> name) {
        return () -> name.flatMap(secret -> secrets.lease(secret, SecretStore.LEASE_MAX)
                        instanceof Step.Passed<dev.tollgate.secrets.Lease>(dev.tollgate.secrets.Lease lease)
                ? Optional.of(lease.secret())
                : Optional.empty());
    }
}
