// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.cedar.frontend.CedarFrontend;
import dev.tollgate.secrets.CryptoProviders;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/// The native code that a start needs, loaded beside the rest of it: the official policy parser (12 MB) and what signs.
/// Whoever needs one of them first waits for it as before; nothing depends on this.
final class NativeParts {
    private static final String SMALLEST = "permit (principal, action, resource);";
    private static final String SCHEMA = "entity Any; action any appliesTo { principal: Any, resource: Any };";

    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private NativeParts() {}

    /// Begins to load them, once in a process.
    static void load() {
        if (BEGUN.compareAndSet(false, true)) {
            // Logging is set up by one thread: two at once would say so on the operator's terminal.
            LoggerFactory.getILoggerFactory();
            Thread.ofPlatform().name("native-parts").daemon().start(NativeParts::all);
        }
    }

    private static void all() {
        var _ = new CedarFrontend().validate(SMALLEST, SCHEMA);
        var _ = CryptoProviders.best();
    }
}
