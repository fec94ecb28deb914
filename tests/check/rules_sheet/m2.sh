#!/bin/sh
# A report M2 of thành phố Lạng Sơn for 2023 in which each commune says that $1 of $2 poor households left poverty.
out=$1 start=$2
echo 'Báo cáo của UBND thành phố Lạng Sơn năm 2023'
echo 'TT;Mã xã;Xã, phường, thị trấn;Tổng số hộ dân cư;Số hộ nghèo đầu kỳ;Số hộ thoát nghèo;Số hộ tái nghèo;Số hộ nghèo phát sinh;Số hộ nghèo cuối kỳ;Số hộ cận nghèo đầu kỳ;Số hộ thoát cận nghèo;Số hộ tái cận nghèo;Số hộ cận nghèo phát sinh;Số hộ cận nghèo cuối kỳ;Loại số liệu'
n=0
for commune in '05971;Phường Hoàng Văn Thụ' '05974;Phường Tam Thanh' '05977;Phường Vĩnh Trại' '05980;Phường Đông Kinh' \
	'05983;Phường Chi Lăng' '05986;Xã Hoàng Đồng' '05989;Xã Quảng Lạc' '05992;Xã Mai Pha'; do
	n=$((n + 1))
	echo "$n;$commune;1000;$start;$out;0;0;$((start - out));80;10;1;3;74;Chính thức"
done
