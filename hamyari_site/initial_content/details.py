"""The facts of the unit. What is not here is not known: it starts empty, hidden, and on the set-up checklist."""

UNIT_NAME = "واحد روابط عمومی"
ROOT_NAME = "ریشه"

DETAILS = {
    "organization_name": "سازمان همیاری شهرداری‌های استان اصفهان",
    "unit_name": UNIT_NAME,
    "head_name": "آقای محسن کبیری",
    "head_role": "مسئول واحد روابط عمومی سازمان",
    "address": "دفتر مرکزی سازمان همیاری شهرداری‌های استان اصفهان",
    "country_code": "98",
    "area_code": "031",
    "telephone": "32673075",
    "extension": "340",
    "fax": "32670810",
    "rights_statement": "همهٔ حقوق این سایت متعلق به سازمان همیاری شهرداری‌های استان اصفهان است.",
}
