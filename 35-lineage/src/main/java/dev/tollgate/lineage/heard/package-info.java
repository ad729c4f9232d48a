// SPDX-License-Identifier: Apache-2.0
/// What a task was told, remembered so that a value is recognised when it comes back and can never be read: keyed
/// digests of parts of texts in filters of fixed size.
@NullMarked
package dev.tollgate.lineage.heard;

import org.jspecify.annotations.NullMarked;
