"""What inspectors of the invented county wrote down, by code of the violation type."""

from __future__ import annotations

FACTS = {
    "unlicensed": "现场有学生{n}人正在上课，未能出示办学许可证和营业执照。",
    "disguised_subject": "以兴趣课名义讲授学科内容，到课学生{n}人，教师使用自编讲义。",
    "beyond_scope": "在许可地址以外另设教学点1处，到课学生{n}人。",
    "unpublished_information": "培训内容、收费标准未在办学场所公示。",
    "safety_hazard": "安全出口被器材柜堵塞，应急灯失效{n}盏。",
    "advertising": "宣传页使用“保过考级”字样，发放约{n}份。",
    "staff_record_check": "{n}名教师未做从业准入查询。",
    "fees": "现场查收据{n}张，其中部分一次性收取6个月课程费。",
    "late_classes": "周五晚线下课21:10下课，在场学生{n}人。",
}
