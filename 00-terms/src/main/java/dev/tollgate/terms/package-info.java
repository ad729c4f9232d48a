// SPDX-License-Identifier: Apache-2.0
/// The words every room speaks: ids, values, views, principals, operations, refusals and the step from one stage to the
/// next. Imports nothing but `java..`; knows no policy, no CRM and no wire format.
@NullMarked
package dev.tollgate.terms;

import org.jspecify.annotations.NullMarked;
