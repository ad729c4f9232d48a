// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import java.util.Locale;
import java.util.Optional;

/// What a field is for the people who live off the CRM: the twenty fields that forecasts, routing and pay hang
/// on (requirement S4-5). A contract says which of its fields carries which; such a field names one owner of
/// its own and says who writes it (requirement S4-2).
public enum RevenueField {
    LEAD_SOURCE,
    LIFECYCLE_STAGE,
    LEAD_STATUS,
    OWNER,
    TERRITORY,
    INDUSTRY,
    EMPLOYEE_COUNT,
    ANNUAL_REVENUE_BAND,
    ICP_FIT_SCORE,
    INTENT_SCORE,
    LAST_ACTIVITY_DATE,
    NEXT_STEP,
    NEXT_MEETING_DATE,
    OPPORTUNITY_STAGE,
    AMOUNT,
    CLOSE_DATE,
    FORECAST_CATEGORY,
    LOSS_REASON,
    PRIMARY_COMPETITOR,
    BUYING_COMMITTEE_COVERAGE;

    /// The word used in contracts, for example `lead-source`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The field of that word, or nothing when there is none.
    public static Optional<RevenueField> of(String word) {
        return Words.find(values(), RevenueField::word, word);
    }
}
