// SPDX-License-Identifier: Apache-2.0
/// What people decided, on its way into the audit log: by commands and pages, which have no log of their own.
@NullMarked
package dev.tollgate.governance.note;

import org.jspecify.annotations.NullMarked;
