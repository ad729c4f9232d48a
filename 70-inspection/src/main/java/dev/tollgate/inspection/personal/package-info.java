// SPDX-License-Identifier: Apache-2.0
/// Finds personal data: by check digits and formats, and names and addresses by a small trained tagger.
@NullMarked
package dev.tollgate.inspection.personal;

import org.jspecify.annotations.NullMarked;
