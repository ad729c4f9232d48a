// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.audit.AccessUse;
import dev.tollgate.console.access.AccessBook;
import dev.tollgate.governance.review.AccessReviews;
import dev.tollgate.merkle.verify.EntryFiles;

/// What is granted and used, for the command and for the page: both read the same files.
final class AccessBooks {
    private AccessBooks() {}

    static AccessBook of(Foundations base) {
        EntryFiles files = new EntryFiles(AuditRoom.folder(base.configuration()));
        String log = LogName.read(base.configuration()).orElse("");
        return new AccessBook(
                base.bundles(),
                new AccessUse(base.store(), log, index -> HouseWorkbench.read(files, index)),
                new AccessReviews(base.store(), base.random()),
                Exceptions.queue(base),
                base.clock());
    }
}
