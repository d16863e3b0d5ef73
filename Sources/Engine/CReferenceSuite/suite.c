#include "CReferenceSuite.h"

// The compiler embeds files in every version of C, and says that C23 is the one that has it.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char qualification_computed_assays_json[] = {
#embed "../../../Datasets/qualification/computed-assays.json"
};

static const unsigned char qualification_computed_curve_options_json[] = {
#embed "../../../Datasets/qualification/computed-curve-options.json"
};

static const unsigned char qualification_computed_curves_json[] = {
#embed "../../../Datasets/qualification/computed-curves.json"
};

static const unsigned char qualification_computed_graded_outcomes_json[] = {
#embed "../../../Datasets/qualification/computed-graded-outcomes.json"
};

static const unsigned char qualification_computed_guides_json[] = {
#embed "../../../Datasets/qualification/computed-guides.json"
};

static const unsigned char qualification_computed_indirect_json[] = {
#embed "../../../Datasets/qualification/computed-indirect.json"
};

static const unsigned char qualification_computed_meta_analysis_json[] = {
#embed "../../../Datasets/qualification/computed-meta-analysis.json"
};

static const unsigned char qualification_computed_one_group_json[] = {
#embed "../../../Datasets/qualification/computed-one-group.json"
};

static const unsigned char qualification_computed_pooling_options_json[] = {
#embed "../../../Datasets/qualification/computed-pooling-options.json"
};

static const unsigned char qualification_computed_strata_json[] = {
#embed "../../../Datasets/qualification/computed-strata.json"
};

static const unsigned char qualification_computed_two_groups_json[] = {
#embed "../../../Datasets/qualification/computed-two-groups.json"
};

static const unsigned char qualification_nist_json[] = {
#embed "../../../Datasets/qualification/nist.json"
};

static const unsigned char qualification_chemical_csv[] = {
#embed "../../../Datasets/qualification/chemical.csv"
};

static const unsigned char qualification_plane_csv[] = {
#embed "../../../Datasets/qualification/plane.csv"
};

static const unsigned char reference_cases_one_group_json[] = {
#embed "../../../Datasets/reference-cases/one-group.json"
};

static const unsigned char reference_cases_strata_and_grades_json[] = {
#embed "../../../Datasets/reference-cases/strata-and-grades.json"
};

static const unsigned char reference_cases_two_groups_json[] = {
#embed "../../../Datasets/reference-cases/two-groups.json"
};

static const unsigned char bioassays_ryegrass_json[] = {
#embed "../../../Datasets/bioassays/ryegrass.json"
};

static const unsigned char marrow_fibrosis_eltrombopag_shift_json[] = {
#embed "../../../Datasets/marrow-fibrosis/eltrombopag-shift.json"
};

static const unsigned char marrow_fibrosis_romiplostim_trend_json[] = {
#embed "../../../Datasets/marrow-fibrosis/romiplostim-trend.json"
};

static const unsigned char meta_analysis_bcg_diagnostics_json[] = {
#embed "../../../Datasets/meta-analysis/bcg-diagnostics.json"
};

static const unsigned char meta_analysis_bcg_prediction_json[] = {
#embed "../../../Datasets/meta-analysis/bcg-prediction.json"
};

static const unsigned char meta_analysis_bcg_presets_json[] = {
#embed "../../../Datasets/meta-analysis/bcg-presets.json"
};

static const unsigned char meta_analysis_bcg_regression_json[] = {
#embed "../../../Datasets/meta-analysis/bcg-regression.json"
};

static const unsigned char meta_analysis_bcg_sensitivity_json[] = {
#embed "../../../Datasets/meta-analysis/bcg-sensitivity.json"
};

static const unsigned char meta_analysis_bcg_subgroups_json[] = {
#embed "../../../Datasets/meta-analysis/bcg-subgroups.json"
};

static const unsigned char meta_analysis_miller_1978_json[] = {
#embed "../../../Datasets/meta-analysis/miller-1978.json"
};

static const unsigned char meta_analysis_viechtbauer_2005_json[] = {
#embed "../../../Datasets/meta-analysis/viechtbauer-2005.json"
};

static const unsigned char hetrombopag_phase_3_json[] = {
#embed "../../../Datasets/hetrombopag/phase-3.json"
};

#define FILE_OF(path, name) {path, name, sizeof name}

static const struct theriac_suite_file files[] = {
    FILE_OF("qualification/computed-assays.json", qualification_computed_assays_json),
    FILE_OF("qualification/computed-curve-options.json", qualification_computed_curve_options_json),
    FILE_OF("qualification/computed-curves.json", qualification_computed_curves_json),
    FILE_OF("qualification/computed-graded-outcomes.json", qualification_computed_graded_outcomes_json),
    FILE_OF("qualification/computed-guides.json", qualification_computed_guides_json),
    FILE_OF("qualification/computed-indirect.json", qualification_computed_indirect_json),
    FILE_OF("qualification/computed-meta-analysis.json", qualification_computed_meta_analysis_json),
    FILE_OF("qualification/computed-one-group.json", qualification_computed_one_group_json),
    FILE_OF("qualification/computed-pooling-options.json", qualification_computed_pooling_options_json),
    FILE_OF("qualification/computed-strata.json", qualification_computed_strata_json),
    FILE_OF("qualification/computed-two-groups.json", qualification_computed_two_groups_json),
    FILE_OF("qualification/nist.json", qualification_nist_json),
    FILE_OF("qualification/chemical.csv", qualification_chemical_csv),
    FILE_OF("qualification/plane.csv", qualification_plane_csv),
    FILE_OF("reference-cases/one-group.json", reference_cases_one_group_json),
    FILE_OF("reference-cases/strata-and-grades.json", reference_cases_strata_and_grades_json),
    FILE_OF("reference-cases/two-groups.json", reference_cases_two_groups_json),
    FILE_OF("bioassays/ryegrass.json", bioassays_ryegrass_json),
    FILE_OF("marrow-fibrosis/eltrombopag-shift.json", marrow_fibrosis_eltrombopag_shift_json),
    FILE_OF("marrow-fibrosis/romiplostim-trend.json", marrow_fibrosis_romiplostim_trend_json),
    FILE_OF("meta-analysis/bcg-diagnostics.json", meta_analysis_bcg_diagnostics_json),
    FILE_OF("meta-analysis/bcg-prediction.json", meta_analysis_bcg_prediction_json),
    FILE_OF("meta-analysis/bcg-presets.json", meta_analysis_bcg_presets_json),
    FILE_OF("meta-analysis/bcg-regression.json", meta_analysis_bcg_regression_json),
    FILE_OF("meta-analysis/bcg-sensitivity.json", meta_analysis_bcg_sensitivity_json),
    FILE_OF("meta-analysis/bcg-subgroups.json", meta_analysis_bcg_subgroups_json),
    FILE_OF("meta-analysis/miller-1978.json", meta_analysis_miller_1978_json),
    FILE_OF("meta-analysis/viechtbauer-2005.json", meta_analysis_viechtbauer_2005_json),
    FILE_OF("hetrombopag/phase-3.json", hetrombopag_phase_3_json),
};

size_t theriac_suite_count(void) { return sizeof files / sizeof *files; }

struct theriac_suite_file theriac_suite_file(size_t index) { return files[index]; }
