// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.proof;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keys that an issuer publishes, remembered for a while. A key that it does not know has it look again, but not more
/// often than every 30 s: strangers make up key ids for free. While the issuer is down what it said last holds for an
/// hour and no longer. Safe for many threads; one of them fetches.
public final class FetchedKeys implements IssuerKeys {
    /// A key that the issuer withdraws is followed within this time.
    static final Duration LIFE = Duration.ofMinutes(10);

    /// Between two looks that an unknown key id, or a failure, brings about.
    static final Duration PAUSE = Duration.ofSeconds(30);

    /// How long keys hold that nobody confirms any more.
    static final Duration LAST_GOOD = Duration.ofHours(1);

    /// Issuers that rotate have a handful.
    private static final int KEYS_MAX = 64;

    private static final Logger LOG = LoggerFactory.getLogger(FetchedKeys.class);

    private final Source source;
    private final String issuer;
    private final InstantSource clock;
    private @Nullable JWKSet last;
    private Instant confirmed = Instant.MIN;
    private Instant tried = Instant.MIN;

    /// Where a set of keys is read from.
    public interface Source {
        /// The set as JSON, within bounds of time and size.
        String read() throws IOException;
    }

    /// @param issuer for the log
    public FetchedKeys(Source source, String issuer, InstantSource clock) {
        this.source = source;
        this.issuer = issuer;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<JWKSet> keys(boolean missed) {
        Instant now = clock.instant();
        boolean stale = last == null || !now.isBefore(confirmed.plus(LIFE));
        boolean rested = tried.equals(Instant.MIN) || !now.isBefore(tried.plus(PAUSE));
        if ((stale || missed) && rested) {
            tried = now;
            fetch(now);
        }
        boolean held = last != null && now.isBefore(confirmed.plus(LAST_GOOD));
        return held ? Optional.ofNullable(last) : Optional.empty();
    }

    private void fetch(Instant now) {
        try {
            JWKSet found = JWKSet.parse(source.read()).toPublicJWKSet();
            if (found.size() == 0 || found.size() > KEYS_MAX) {
                throw new IOException("no set of keys");
            }
            last = found;
            confirmed = now;
        } catch (IOException | ParseException | IllegalArgumentException failed) {
            LOG.atWarn()
                    .addKeyValue("issuer", issuer)
                    .addKeyValue("cause", failed.getClass().getSimpleName())
                    .log("the keys of an issuer cannot be read; the last ones count for an hour");
        }
    }
}
