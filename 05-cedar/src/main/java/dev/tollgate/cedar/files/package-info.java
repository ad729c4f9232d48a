// SPDX-License-Identifier: Apache-2.0
/// Authorisation from files: what `tollgate cedar authorize` does, and the format of the official conformance corpus.
@NullMarked
package dev.tollgate.cedar.files;

import org.jspecify.annotations.NullMarked;
