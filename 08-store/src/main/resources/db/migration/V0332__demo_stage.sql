-- SPDX-License-Identifier: Apache-2.0
-- What agents suggest the stage of a deal should be.
alter table "demo_opportunity" add column "stage_suggestion" text;
